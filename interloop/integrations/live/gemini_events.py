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


def events_in(message: types.LiveServerMessage) -> Iterator[LiveEvent]:
    """Yield what the message says, in the order it should be acted on."""
    if message.server_content is not None:
        yield from _content(message.server_content)
    if message.tool_call is not None:
        for call in message.tool_call.function_calls or ():
            yield ItemWanted(call.id or "")
    if message.tool_call_cancellation is not None:
        yield ItemUnwanted(tuple(message.tool_call_cancellation.ids or ()))
    yield from _of_the_line(message)


def _content(content: types.LiveServerContent) -> Iterator[LiveEvent]:
    for part in (content.model_turn.parts if content.model_turn else None) or ():
        if part.inline_data is not None and part.inline_data.data:
            yield Sound(part.inline_data.data)
    if content.output_transcription is not None and content.output_transcription.text:
        yield Saying(content.output_transcription.text)
    yield from _hearing(content)
    if content.interrupted:
        yield SaidAll(interrupted=True)
    elif content.generation_complete:
        yield SaidAll(interrupted=False)


def _hearing(content: types.LiveServerContent) -> Iterator[LiveEvent]:
    interim, piece = content.interim_input_transcription, content.input_transcription
    if interim is not None:
        yield Hearing(interim.text or "", final=False, interim=True)
    if piece is not None:
        yield Hearing(piece.text or "", final=bool(piece.finished))


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
