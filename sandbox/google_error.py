"""Errors as Google's APIs word them (google.rpc.Status in JSON)."""

_STATUS = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


class GoogleError(Exception):
    """Answered with that HTTP status and a body in Google's form."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def body(code: int, message: str) -> dict[str, object]:
    """The JSON body of an error."""
    status = _STATUS.get(code, "UNKNOWN")
    return {"error": {"code": code, "message": message, "status": status}}
