"""What a client may send over the Live protocol (BidiGenerateContentClientMessage).

The official client mixes snake and camel case in one frame and sends URL-safe base64; both
spellings and both alphabets are accepted, as the real service does.
"""

import base64
import binascii
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from pydantic.alias_generators import to_camel


class Frame(BaseModel):
    """Accepts snake and camel case, and leaves alone what it does not know."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, extra="ignore"
    )


class Blob(Frame):
    """Sound or picture, in base64."""

    data: str
    mime_type: str = ""

    def content(self) -> bytes:
        """The bytes; ValueError when it is not base64 of either alphabet."""
        try:
            return base64.b64decode(self.data.translate({45: "+", 95: "/"}), validate=True)
        except binascii.Error as error:
            raise ValueError("not base64") from error


class Part(Frame):
    """A piece of content; only texts matter here."""

    text: str | None = None


class Content(Frame):
    """What one side said."""

    role: str = "user"
    parts: list[Part] = []

    def words(self) -> str:
        """All texts joined."""
        return " ".join(part.text for part in self.parts if part.text)


class ClientContent(Frame):
    """Turns that are appended to the conversation."""

    turns: list[Content] = []
    turn_complete: bool = False


class RealtimeInput(Frame):
    """One piece of live input."""

    audio: Blob | None = None
    video: Blob | None = None
    text: str | None = None
    activity_start: dict[str, JsonValue] | None = None
    activity_end: dict[str, JsonValue] | None = None
    audio_stream_end: bool | None = None


class FunctionResponse(Frame):
    """The answer to one call of a declared function."""

    id: str
    name: str = ""
    response: dict[str, JsonValue] = {}


class ToolResponse(Frame):
    """The answers to calls."""

    function_responses: list[FunctionResponse] = Field(default_factory=list)


class FunctionDeclaration(Frame):
    """A function the model may call."""

    name: str


class Tool(Frame):
    """Functions the model may call."""

    function_declarations: list[FunctionDeclaration] = Field(default_factory=list)


class SessionResumption(Frame):
    """Asks for handles; with a handle, continues that conversation."""

    handle: str | None = None


class ActivityDetection(Frame):
    """Who decides when a turn begins and ends."""

    disabled: bool = False


class RealtimeInputConfig(Frame):
    """How live input is handled."""

    automatic_activity_detection: ActivityDetection = ActivityDetection()


class GenerationConfig(Frame):
    """What comes back."""

    response_modalities: list[str] = ["AUDIO"]


class HistoryConfig(Frame):
    """How earlier turns are told."""

    initial_history_in_client_content: bool = False


class Setup(Frame):
    """The first frame of a session."""

    model: str
    generation_config: GenerationConfig = GenerationConfig()
    tools: list[Tool] = []
    session_resumption: SessionResumption | None = None
    input_audio_transcription: dict[str, JsonValue] | None = None
    output_audio_transcription: dict[str, JsonValue] | None = None
    realtime_input_config: RealtimeInputConfig = RealtimeInputConfig()
    history_config: HistoryConfig = HistoryConfig()
    labels: dict[str, str] = {}

    def declares(self, function: str) -> bool:
        """Whether the model may call that function."""
        declared = (each.name for tool in self.tools for each in tool.function_declarations)
        return function in declared


class ClientMessage(Frame):
    """Exactly one of these is set in a frame."""

    model_config = ConfigDict(extra="forbid")

    setup: Setup | None = None
    client_content: ClientContent | None = None
    realtime_input: RealtimeInput | None = None
    tool_response: ToolResponse | None = None
    context_update: dict[str, Any] | None = None


class ProtocolError(Exception):
    """The client broke the protocol: the connection is closed with that code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def parsed(frame: str | bytes) -> ClientMessage:
    """The message in a frame; ProtocolError 1007 when it is none."""
    try:
        message = ClientMessage.model_validate_json(frame)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        reason = f'Invalid JSON payload received. "{where}": {first["msg"]}'
        raise ProtocolError(1007, reason[:120]) from error
    if len(message.model_fields_set) != 1:
        raise ProtocolError(1007, "Invalid JSON payload received. Expected exactly one message.")
    return message
