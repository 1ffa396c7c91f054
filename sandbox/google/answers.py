"""Errors of the Calendar API and of the token endpoint, word for word in Google's forms."""

from starlette.responses import JSONResponse

_REALM = 'Bearer realm="https://accounts.google.com/"'


class Refused(Exception):
    """A request of the Calendar API that is answered with an error."""

    def __init__(
        self, code: int, reason: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.reason, self.message = code, reason, message
        self.headers = headers or {}

    def answer(self) -> JSONResponse:
        """The body as the client reads it."""
        what = {"domain": "global", "reason": self.reason, "message": self.message}
        body = {"error": {"errors": [what], "code": self.code, "message": self.message}}
        return JSONResponse(body, self.code, headers=self.headers)


class NoToken(Exception):
    """A request for a token that is refused (RFC 6749, 5.2)."""

    def __init__(self, error: str, description: str, code: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.code = error, description, code

    def answer(self) -> JSONResponse:
        """The body as the client reads it."""
        body = {"error": self.error, "error_description": self.description}
        return JSONResponse(body, self.code)


def unknown_token() -> Refused:
    """The token is none, or is none any more."""
    # httplib2 fails on a bare `Bearer`: it wants at least one parameter, as Google gives.
    headers = {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}
    return Refused(401, "authError", "Invalid Credentials", headers)


def too_narrow() -> Refused:
    """The token has no scope that the method asks for."""
    headers = {"WWW-Authenticate": f'{_REALM}, error="insufficient_scope"'}
    message = "Request had insufficient authentication scopes."
    return Refused(403, "insufficientPermissions", message, headers)


def not_found() -> Refused:
    """No such calendar or event, or not for this person."""
    return Refused(404, "notFound", "Not Found")
