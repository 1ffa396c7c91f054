"""Gemini Live behind the port, by the unmodified google-genai client.

Turn-taking is ours (`automatic_activity_detection.disabled`); measured behaviour and traps of the
client are in the notes of each function.
"""

import ssl
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from importlib import resources
from typing import Any

from google import genai
from google.genai import errors, types
from google.genai.live import AsyncSession
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from interloop.domain.agenda import Item
from interloop.domain.errors import Unavailable
from interloop.domain.live_model import LiveCapabilities, capabilities_of
from interloop.domain.turn import Provider, Speaker
from interloop.integrations.live.gemini_events import events_in
from interloop.integrations.live.port import IN_RATE, Briefing, LiveEvent
from interloop.settings import Settings

NEXT_ITEM = "next_item"
_OPEN_TIMEOUT_S = 5.0
_CLOSE_TIMEOUT_S = 1.0
_LOST = (errors.APIError, WebSocketException, OSError, TimeoutError, EOFError)
_COMPRESSION = types.ContextWindowCompressionConfig(sliding_window=types.SlidingWindow())
_INITIAL_HISTORY = types.HistoryConfig(initial_history_in_client_content=True)
_REFUSALS = {1007: "context_refused", 1008: "refused", 429: "quota"}


class GeminiLive:
    """Opens sessions at the service named in the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.provider = Provider.sandbox if settings.sandbox_model else Provider.model
        self.capabilities = capabilities_of(settings.live_model, settings.live_capabilities)

    async def connect(self, briefing: Briefing, handle: str | None) -> "GeminiSession":
        """Open a session; see the port."""
        stack = AsyncExitStack()
        try:
            opening = self._client().aio.live.connect(
                model=self._settings.live_model, config=self._config(briefing, handle)
            )
            session = await stack.enter_async_context(opening)
        except _LOST as lost:
            await stack.aclose()
            code = _code(lost)
            if handle and code == "refused":
                code = "handle_unknown"
            raise Unavailable("live model cannot be reached", code=code) from lost
        # An error frame in place of setupComplete is swallowed by the client.
        if session.setup_complete is None:
            await stack.aclose()
            code = "handle_unknown" if handle else "model_away"
            raise Unavailable("live model refused the session", code=code)
        opened = GeminiSession(session, stack, self.capabilities)
        if handle is None:
            await opened.seed(briefing)
        return opened

    def _config(self, briefing: Briefing, handle: str | None) -> types.LiveConnectConfig:
        config = _config(briefing, handle, self.capabilities)
        config.speech_config = _speech(self._settings)
        if self.provider is Provider.sandbox:
            # Tests steer one session of many by its label; the vendor gets no id of ours.
            config.labels = {"session": briefing.session_label}
        return config

    def _client(self) -> genai.Client:
        # The certificate is read anew: a sandbox that was started again may have a new one.
        args: dict[str, Any] = {
            "ping_interval": None,
            "open_timeout": _OPEN_TIMEOUT_S,
            "close_timeout": _CLOSE_TIMEOUT_S,
        }
        if self._settings.live_ca_file is not None:
            try:
                args["ssl"] = ssl.create_default_context(cafile=str(self._settings.live_ca_file))
            except (OSError, ssl.SSLError) as wrong:
                raise Unavailable("no certificate yet", code="model_away") from wrong
        return genai.Client(
            api_key=self._settings.gemini_api_key.get_secret_value() or "sandbox",
            http_options=types.HttpOptions(
                base_url=self._settings.live_base_url or None,
                api_version="v1beta",
                async_client_args=args,
            ),
        )


class GeminiSession:
    """One connection to the service."""

    def __init__(
        self, session: AsyncSession, stack: AsyncExitStack, capabilities: LiveCapabilities
    ) -> None:
        self._session = session
        self._stack = stack
        self._can = capabilities

    async def seed(self, briefing: Briefing) -> None:
        """Tell a fresh session what was said so far."""
        turns = [
            types.Content(
                role="model" if line.speaker is Speaker.interviewer else "user",
                parts=[types.Part(text=line.text)],
            )
            for line in briefing.history
        ]
        if turns:
            announced = self._can.seeding == "initial_history"
            sending = self._session.send_client_content(turns=turns, turn_complete=announced)  # type: ignore[arg-type]  # a list of Content is what it takes
            await _guarded(sending)

    async def events(self) -> AsyncIterator[LiveEvent]:
        """Yield translated messages.

        The client's `receive` ends after each model turn, and raises TypeError for a message with
        unknown keys only; the session stays usable in both cases.
        """
        while True:
            try:
                async for message in self._session.receive():
                    for event in events_in(message):
                        yield event
            except TypeError:
                continue
            except _LOST as lost:
                raise Unavailable("live model went away", code=_code(lost)) from lost

    async def activity_start(self) -> None:
        """Tell that the candidate begins."""
        await _guarded(self._session.send_realtime_input(activity_start=types.ActivityStart()))

    async def hear(self, pcm: bytes) -> None:
        """Send sound."""
        blob = types.Blob(data=pcm, mime_type=f"audio/pcm;rate={IN_RATE}")
        await _guarded(self._session.send_realtime_input(audio=blob))

    async def activity_end(self) -> None:
        """Tell that the candidate is done."""
        await _guarded(self._session.send_realtime_input(activity_end=types.ActivityEnd()))

    async def tell(self, text: str) -> None:
        """Send a whole user turn, in the way this model takes it."""
        if self._can.nudge == "realtime":
            await _guarded(self._session.send_realtime_input(text=text))
            return
        turn = types.Content(role="user", parts=[types.Part(text=text)])
        await _guarded(self._session.send_client_content(turns=turn, turn_complete=True))

    async def answer_item(self, call_id: str, item: Item | None) -> None:
        """Send the function's response."""
        said = item.model_dump(mode="json") if item else {"step": "wait", "say": ""}
        response = types.FunctionResponse(id=call_id, name=NEXT_ITEM, response=said)
        if not self._can.blocking_tools:
            when = types.FunctionResponseScheduling
            response.scheduling = when.INTERRUPT if item else when.SILENT
        await _guarded(self._session.send_tool_response(function_responses=response))

    async def close(self) -> None:
        """Close the socket."""
        try:
            await self._stack.aclose()
        except _LOST:
            return


async def _guarded(sending: Awaitable[None]) -> None:
    try:
        await sending
    except _LOST as lost:
        raise Unavailable("live model went away", code=_code(lost)) from lost


def _code(lost: Exception) -> str:
    """Return what the service had against us: a close code, or an HTTP status at the upgrade.

    A close while sending reaches us as an exception of the socket, not of the client.
    """
    number: int | None = None
    if isinstance(lost, errors.APIError):
        number = lost.code
    elif isinstance(lost, InvalidStatus):
        number = lost.response.status_code
    elif isinstance(lost, ConnectionClosed) and lost.rcvd is not None:
        number = lost.rcvd.code
    return _REFUSALS.get(number or 0, "model_away")


def _speech(settings: Settings) -> types.SpeechConfig | None:
    """Return voice and language of the settings, when there are any."""
    if not (settings.live_voice or settings.live_language):
        return None
    speech = types.SpeechConfig(language_code=settings.live_language or None)
    if settings.live_voice:
        named = types.PrebuiltVoiceConfig(voice_name=settings.live_voice)
        speech.voice_config = types.VoiceConfig(prebuilt_voice_config=named)
    return speech


def _config(
    briefing: Briefing, handle: str | None, can: LiveCapabilities
) -> types.LiveConnectConfig:
    behavior = types.Behavior.BLOCKING if can.blocking_tools else types.Behavior.NON_BLOCKING
    seeded = handle is None and bool(briefing.history) and can.seeding == "initial_history"
    return types.LiveConnectConfig(
        response_modalities=[types.Modality.AUDIO],
        system_instruction=_instruction(briefing),
        tools=[
            types.Tool(
                function_declarations=[
                    types.FunctionDeclaration(
                        name=NEXT_ITEM,
                        description="Returns the one thing to say next.",
                        behavior=behavior,
                    )
                ]
            )
        ],
        session_resumption=types.SessionResumptionConfig(handle=handle),
        context_window_compression=_COMPRESSION if can.compresses else None,
        history_config=_INITIAL_HISTORY if seeded else None,
        input_audio_transcription=types.AudioTranscriptionConfig(),
        output_audio_transcription=types.AudioTranscriptionConfig(),
        realtime_input_config=types.RealtimeInputConfig(
            automatic_activity_detection=types.AutomaticActivityDetection(disabled=True),
            activity_handling=types.ActivityHandling.START_OF_ACTIVITY_INTERRUPTS,
        ),
        safety_settings=[
            types.SafetySetting(
                category=types.HarmCategory.HARM_CATEGORY_HARASSMENT,
                threshold=types.HarmBlockThreshold.BLOCK_ONLY_HIGH,
            )
        ],
    )


def _instruction(briefing: Briefing) -> str:
    """Return the standing instruction; the text is a file beside this module."""
    text = resources.files(__package__).joinpath("instruction.v1.txt").read_text("utf-8")
    return text.replace("{name}", briefing.persona_name).replace("{style}", briefing.persona_style)
