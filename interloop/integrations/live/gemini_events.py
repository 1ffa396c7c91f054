"""Turns messages of Gemini Live into the events of the port."""

from collections.abc import Iterator

from google.genai import types

from interloop.integrations.live.port import (
    GoingAway,
    Hearing,
    ItemUnwanted,
    ItemWanted,
    LiveEvent,
    Resumable,
    SaidAll,
    Saying,
    Sound,
)


class Translator:
    """Remembers the words of the running activity: the service may send them in pieces."""

    def __init__(self) -> None:
        self._heard = ""

    def events(self, message: types.LiveServerMessage) -> Iterator[LiveEvent]:
        """Yield what the message says, in the order it should be acted on."""
        if message.server_content is not None:
            yield from self._content(message.server_content)
        if message.tool_call is not None:
            # Words that come after the model reacted belong to the next activity.
            self._heard = ""
            for call in message.tool_call.function_calls or ():
                yield ItemWanted(call.id or "")
        if message.tool_call_cancellation is not None:
            yield ItemUnwanted(tuple(message.tool_call_cancellation.ids or ()))
        yield from _of_the_line(message)

    def _content(self, content: types.LiveServerContent) -> Iterator[LiveEvent]:
        for part in (content.model_turn.parts if content.model_turn else None) or ():
            if part.inline_data is not None and part.inline_data.data:
                yield Sound(part.inline_data.data)
        if content.output_transcription is not None and content.output_transcription.text:
            yield Saying(content.output_transcription.text)
        yield from self._hearing(content)
        if content.interrupted:
            yield SaidAll(interrupted=True)
        elif content.generation_complete:
            yield SaidAll(interrupted=False)

    def _hearing(self, content: types.LiveServerContent) -> Iterator[LiveEvent]:
        if content.interim_input_transcription is not None:
            # An interim text replaces the one before.
            yield Hearing(content.interim_input_transcription.text or "", final=False)
        if content.input_transcription is not None:
            self._heard += content.input_transcription.text or ""
            final = bool(content.input_transcription.finished)
            yield Hearing(self._heard, final=final)
            if final:
                self._heard = ""


def _of_the_line(message: types.LiveServerMessage) -> Iterator[LiveEvent]:
    update = message.session_resumption_update
    if update is not None:
        yield Resumable(update.new_handle if update.resumable else None)
    if message.go_away is not None:
        yield GoingAway(_seconds(message.go_away.time_left))


def _seconds(duration: str | None) -> float:
    """Return the seconds of a protobuf duration ("50s"); 0 when it is none."""
    try:
        return float((duration or "").removesuffix("s"))
    except ValueError:
        return 0.0
