"""An interview call by the official client, as the gateway makes it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from google.genai import types
from google.genai.live import AsyncSession

from tests.sandbox.outside import MODEL, Outside

Message = types.LiveServerMessage

NEXT_ITEM = types.FunctionDeclaration(
    name="next_item", description="What to say next.", behavior=types.Behavior.BLOCKING
)


def config(**more: Any) -> types.LiveConnectConfig:
    """What the gateway asks for."""
    return types.LiveConnectConfig(
        response_modalities=[types.Modality.AUDIO],
        system_instruction="You are an interviewer. Say only what next_item gives you.",
        tools=[types.Tool(function_declarations=[NEXT_ITEM])],
        session_resumption=more.pop("resumption", types.SessionResumptionConfig()),
        input_audio_transcription=types.AudioTranscriptionConfig(),
        output_audio_transcription=types.AudioTranscriptionConfig(),
        realtime_input_config=types.RealtimeInputConfig(
            automatic_activity_detection=types.AutomaticActivityDetection(disabled=True)
        ),
        **more,
    )


class Call:
    """One session with everything that has arrived in it."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.messages: list[Message] = []
        self._stream = self._endless()

    async def until(self, arrived: Callable[[Message], object]) -> Message:
        """Reads on until such a message arrives."""
        async with asyncio.timeout(20):
            while True:
                message = await anext(self._stream)
                self.messages.append(message)
                if arrived(message):
                    return message

    async def begin(self) -> None:
        """The typed nudge with which an interview opens."""
        await self.type("begin")

    async def type(self, text: str) -> None:
        """A typed answer."""
        turn = types.Content(role="user", parts=[types.Part(text=text)])
        await self.session.send_client_content(turns=turn, turn_complete=True)

    async def speak(self, pcm: bytes) -> None:
        """A voice turn of 16 kHz PCM16 in chunks of 100 ms, as fast as it goes."""
        await self.open_turn()
        await self.sound(pcm)
        await self.close_turn()

    async def open_turn(self) -> None:
        await self.session.send_realtime_input(activity_start=types.ActivityStart())

    async def sound(self, pcm: bytes) -> None:
        for start in range(0, len(pcm), 3200):
            blob = types.Blob(data=pcm[start : start + 3200], mime_type="audio/pcm;rate=16000")
            await self.session.send_realtime_input(audio=blob)

    async def close_turn(self) -> None:
        await self.session.send_realtime_input(activity_end=types.ActivityEnd())

    async def answer(self, **item: object) -> None:
        """Waits for the call of next_item and answers it."""
        asked = await self.until(lambda message: message.tool_call)
        await self.respond(asked, **item)

    async def respond(self, asked: Message, **item: object) -> None:
        assert asked.tool_call is not None
        assert asked.tool_call.function_calls is not None
        (call,) = asked.tool_call.function_calls
        assert call.name == "next_item"
        response = types.FunctionResponse(id=call.id, name=call.name, response=dict(item))
        await self.session.send_tool_response(function_responses=response)

    async def turn(self, **item: object) -> str:
        """Answers next_item and returns what the interviewer then says."""
        await self.answer(**item)
        start = len(self.messages)
        await self.until(turn_complete)
        return said(self.messages[start:])

    async def _endless(self) -> AsyncIterator[Message]:
        while True:  # receive() ends with each turn
            async for message in self.session.receive():
                yield message


@asynccontextmanager
async def call(outside: Outside, **more: Any) -> AsyncIterator[Call]:
    """A session that is set up."""
    connection = outside.live_client.aio.live.connect(model=MODEL, config=config(**more))
    async with connection as session:
        assert session.setup_complete is not None
        yield Call(session)


def turn_complete(message: Message) -> bool:
    return bool(message.server_content and message.server_content.turn_complete)


def said(messages: list[Message]) -> str:
    """The interviewer's words."""
    pieces = [
        message.server_content.output_transcription.text or ""
        for message in messages
        if message.server_content and message.server_content.output_transcription
    ]
    return "".join(pieces)


def sound(messages: list[Message]) -> bytes:
    """The interviewer's voice, 24 kHz PCM16."""
    return b"".join(message.data or b"" for message in messages)


def heard(message: Message) -> str | None:
    """The candidate's words, when the message is their final transcription."""
    content = message.server_content
    if content is None or content.input_transcription is None:
        return None
    return content.input_transcription.text


def partial(message: Message) -> str | None:
    """The candidate's words so far."""
    content = message.server_content
    if content is None or content.interim_input_transcription is None:
        return None
    return content.interim_input_transcription.text


def new_handle(message: Message) -> str | None:
    """A handle that can be used."""
    update = message.session_resumption_update
    return update.new_handle if update and update.resumable else None
