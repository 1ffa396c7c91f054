"""One Live session: takes the client's messages and moves the conversation on.

The model's turn is one task: ask for the next item, wait for the answer, speak. The candidate may
begin to speak at any moment; then that task ends as the protocol says.
"""

import asyncio
import uuid
from contextlib import suppress

from sandbox.live import frames_out
from sandbox.live.candidate_turn import CandidateTurn
from sandbox.live.faults import Kind, Moment
from sandbox.live.frames_in import (
    Blob,
    ClientContent,
    ClientMessage,
    ProtocolError,
    RealtimeInput,
    Setup,
    ToolResponse,
)
from sandbox.live.interviewer import NEXT_ITEM, Item, item, words_for
from sandbox.live.line import Line
from sandbox.live.memory import Memory
from sandbox.live.service import Service
from sandbox.live.voice_out import Mouth


class Session:
    """Lives from setupComplete to the end of the connection."""

    def __init__(self, line: Line, setup: Setup, memory: Memory, service: Service) -> None:
        self.id = uuid.uuid4().hex
        self.line = line
        self.memory = memory
        self._setup = setup
        self._service = service
        self._mouth = Mouth(
            line,
            service.speaker,
            service.pace,
            transcribe=setup.output_audio_transcription is not None,
        )
        self.listening: CandidateTurn | None = None
        self._reply: asyncio.Task[None] | None = None
        self._call: str | None = None
        self._answer: asyncio.Future[Item | None] | None = None
        self._speaking = False
        self._being_told = setup.history_config.initial_history_in_client_content

    async def begin(self) -> None:
        """Says that the session is there."""
        await self.line.at(Moment.BEFORE_SETUP)
        await self.line.send(frames_out.setup_complete(self.id))
        await self._offer_handle(resumable=True)
        await self.line.at(Moment.SETUP)

    async def take(self, message: ClientMessage) -> None:
        """One message of the client; ProtocolError when it must not be."""
        if message.setup is not None:
            raise ProtocolError(1007, "Request contains an invalid argument: second setup.")
        if message.client_content is not None:
            await self._content(message.client_content)
        elif message.realtime_input is not None:
            await self._realtime(message.realtime_input)
        elif message.tool_response is not None:
            self._answered(message.tool_response)

    async def end(self) -> None:
        """The connection is gone."""
        await self._stop_reply()
        if self.listening is not None:
            await self.listening.drop()

    @property
    def state(self) -> str:
        """What is going on, for the control port: listening, calling, speaking or idle."""
        if self.listening is not None:
            return "listening"
        if self._call is not None:
            return "calling"
        return "speaking" if self._speaking else "idle"

    async def _content(self, content: ClientContent) -> None:
        said = [turn.words() for turn in content.turns if turn.role == "user"]
        if self._being_told or not content.turn_complete:
            self._being_told = self._being_told and not content.turn_complete
            return
        await self._interrupt()
        self.memory.heard += said
        self._start_reply(None)

    async def _realtime(self, given: RealtimeInput) -> None:
        if given.activity_start is not None:
            await self._activity_start()
        if given.audio is not None:
            await self._sound(given.audio)
        if given.activity_end is not None:
            await self._activity_end()
        if given.text and self.state == "idle":
            self._start_reply(None)

    async def _activity_start(self) -> None:
        await self.line.at(Moment.ACTIVITY_START)
        if self.listening is not None:
            raise ProtocolError(1007, "Request contains an invalid argument: activity is open.")
        await self._interrupt()
        self.listening = CandidateTurn(
            self.line,
            self._service.ear,
            self.memory,
            transcribe=self._setup.input_audio_transcription is not None,
        )

    async def _sound(self, blob: Blob) -> None:
        if self.listening is None:
            return
        try:
            await self.listening.feed(blob.content())
        except ValueError as error:
            raise ProtocolError(1007, "Request contains an invalid argument: audio.") from error

    async def _activity_end(self) -> None:
        if self.listening is None:
            raise ProtocolError(1007, "Request contains an invalid argument: no open activity.")
        turn, self.listening = self.listening, None
        await self.line.at(Moment.ACTIVITY_END)
        self._start_reply(turn)

    def _answered(self, given: ToolResponse) -> None:
        for response in given.function_responses:
            if response.id == self._call and self._answer and not self._answer.done():
                self._answer.set_result(item(dict(response.response)))

    def _start_reply(self, turn: CandidateTurn | None) -> None:
        self._reply = asyncio.create_task(self._run_reply(turn))

    async def _run_reply(self, turn: CandidateTurn | None) -> None:
        if turn is not None:
            await turn.finish()
        await asyncio.sleep(self._service.pace.think_s)
        now = await self._next_item()
        if now is not None and now.step in {"greet", "ask"}:
            text = words_for(now, self.memory.heard)
            self.memory.heard.clear()
        else:
            text = words_for(now, self.memory.heard) if now else None
        self._speaking = True
        await self._mouth.utter(text)
        self._speaking = False
        self.memory.turns += 1
        await self._offer_handle(resumable=True)

    async def _next_item(self) -> Item | None:
        if not self._setup.declares(NEXT_ITEM):
            return None
        self._answer = asyncio.get_running_loop().create_future()
        self._call = f"call-{uuid.uuid4().hex[:12]}"
        await self._offer_handle(resumable=False)
        await self.line.send(frames_out.tool_call(self._call, NEXT_ITEM))
        await self.line.at(Moment.TOOL_CALL)
        if self.line.armed(Kind.CANCEL_CALL):
            await self.line.send(frames_out.tool_call_cancelled(self._call))
            return await self._next_item()
        answer = await self._answer
        self._call = None
        return answer

    async def _interrupt(self) -> None:
        """Ends the model's turn because the candidate's begins."""
        call, speaking = self._call, self._speaking
        await self._stop_reply()
        if call is not None:
            await self.line.send(frames_out.tool_call_cancelled(call))
        if speaking:
            await self.line.send(frames_out.interrupted())
            await self.line.send(frames_out.turn_complete(tokens_in=100, tokens_out=0))
        if call is not None or speaking:
            await self._offer_handle(resumable=True)

    async def _stop_reply(self) -> None:
        if self._reply is not None:
            self._reply.cancel()
            with suppress(asyncio.CancelledError):
                await self._reply
        self._reply = self._call = None
        self._speaking = False

    async def _offer_handle(self, *, resumable: bool) -> None:
        if self._setup.session_resumption is not None:
            new = self._service.handles.issue(self.memory) if resumable else None
            await self.line.send(frames_out.handle(new))
