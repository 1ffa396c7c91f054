"""The request of generateContent, checked as strictly as the real service checks it."""

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from pydantic.alias_generators import to_camel

from sandbox.google_error import GoogleError


class _Strict(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, extra="forbid"
    )


class Part(_Strict):
    """Text only: the sandbox reads no files."""

    text: str


class Content(_Strict):
    """What one side said."""

    role: str = Field(default="user", pattern="^(user|model)$")
    parts: list[Part] = Field(min_length=1)


class Instruction(_Strict):
    """The system instruction; its role does not matter."""

    role: str = "user"
    parts: list[Part] = Field(min_length=1)


class GenerationConfig(_Strict):
    """The settings that a caller of ours may use."""

    response_mime_type: str = "text/plain"
    response_schema: dict[str, JsonValue] | None = None
    response_json_schema: dict[str, JsonValue] | None = None
    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, ge=0, le=1)
    top_k: float | None = None
    seed: int = Field(default=0, ge=-(2**31), lt=2**31)
    max_output_tokens: int | None = Field(default=None, ge=1)
    candidate_count: int = Field(default=1, ge=1, le=1)
    thinking_config: dict[str, JsonValue] | None = None


class GenerateRequest(_Strict):
    """The body of the request."""

    contents: list[Content] = Field(min_length=1)
    system_instruction: Instruction | None = None
    generation_config: GenerationConfig = GenerationConfig()
    safety_settings: list[dict[str, str]] = []
    labels: dict[str, str] = {}

    def prompt(self) -> str:
        """The last part of the last user turn."""
        if self.contents[-1].role != "user":
            raise GoogleError(400, "Please ensure that the last content has the role 'user'.")
        return self.contents[-1].parts[-1].text


def parsed(body: bytes) -> GenerateRequest:
    """The request; GoogleError 400 when the service would refuse it."""
    try:
        request = GenerateRequest.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        message = f'Invalid JSON payload received. "{where}": {first["msg"]}'
        raise GoogleError(400, message) from error
    config = request.generation_config
    schemas = [config.response_schema, config.response_json_schema]
    if sum(schema is not None for schema in schemas) != 1:
        raise GoogleError(400, "Set one of response_schema and response_json_schema.")
    if config.response_mime_type != "application/json":
        raise GoogleError(400, "A response schema needs the mime type application/json.")
    return request
