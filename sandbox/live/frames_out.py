"""What the service sends over the Live protocol (BidiGenerateContentServerMessage)."""

import base64
from typing import Any

from sandbox.voice.speech import RATE

Message = dict[str, Any]


def setup_complete(session_id: str) -> Message:
    """The session may begin."""
    return {"setupComplete": {"sessionId": session_id}}


def sound(pcm: bytes) -> Message:
    """A piece of the model's voice."""
    data = {"mimeType": f"audio/pcm;rate={RATE}", "data": base64.b64encode(pcm).decode()}
    return _content(modelTurn={"role": "model", "parts": [{"inlineData": data}]})


def said(text: str) -> Message:
    """The words that begin in the sound sent just before."""
    return _content(outputTranscription={"text": text})


def hearing(text: str) -> Message:
    """The words of the running turn so far; each replaces the one before."""
    return _content(interimInputTranscription={"text": text})


def heard(text: str) -> Message:
    """The words of the turn that has ended."""
    return _content(inputTranscription={"text": text, "finished": True})


def piece(text: str) -> Message:
    """A few more words of the turn that has ended; the service need not say which is the last."""
    return _content(inputTranscription={"text": text})


def interrupted() -> Message:
    """The user began to speak while the model was speaking."""
    return _content(interrupted=True)


def generation_complete() -> Message:
    """All sound of this turn has been sent."""
    return _content(generationComplete=True)


def turn_complete(tokens_in: int, tokens_out: int) -> Message:
    """The model's turn is over, with what it would have cost."""
    usage = {
        "promptTokenCount": tokens_in,
        "responseTokenCount": tokens_out,
        "totalTokenCount": tokens_in + tokens_out,
    }
    return _content(turnComplete=True) | {"usageMetadata": usage}


def tool_call(call_id: str, name: str) -> Message:
    """The model asks for a function to be called."""
    return {"toolCall": {"functionCalls": [{"id": call_id, "name": name, "args": {}}]}}


def tool_call_cancelled(call_id: str) -> Message:
    """The answer to that call is no longer wanted."""
    return {"toolCallCancellation": {"ids": [call_id]}}


def handle(new: str | None) -> Message:
    """A handle with which the conversation can be continued, or that there is none just now."""
    if new is None:
        return {"sessionResumptionUpdate": {"resumable": False}}
    return {"sessionResumptionUpdate": {"newHandle": new, "resumable": True}}


def go_away(seconds: float) -> Message:
    """The connection will be closed in that time."""
    return {"goAway": {"timeLeft": f"{seconds:g}s"}}


def _content(**fields: object) -> Message:
    return {"serverContent": fields}
