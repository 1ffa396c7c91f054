"""Settings become Services; the only place that knows which vendor stands behind a port."""

import os
from pathlib import Path

from interloop.db.keystore import KeyStore, LocalRoot
from interloop.db.scope import Database
from interloop.domain.clock import Clock, SystemClock
from interloop.domain.errors import Unavailable
from interloop.failpoints import mortal_model, with_failpoints
from interloop.integrations.audio.opus import OpusMixer
from interloop.integrations.calendar.google import GoogleCalendar
from interloop.integrations.live.port import LiveModel
from interloop.integrations.llm.gemini import GeminiText
from interloop.integrations.mail.smtp import SmtpMailer
from interloop.integrations.resume.local import LocalReader
from interloop.integrations.storage.disk import DiskStorage
from interloop.integrations.transcribe.gemini import GeminiTranscriber
from interloop.integrations.webhooks.http import HttpHooks
from interloop.network import stay_on_this_machine
from interloop.services import Services
from interloop.settings import Settings


async def build(settings: Settings, clock: Clock | None = None) -> Services:
    """Return the services of this process; the key store's tables exist afterwards.

    While the sandbox plays the outside parties, the process reaches no other machine.
    """
    if settings.guard_network and settings.sandbox_model:
        stay_on_this_machine()
    clock = clock or SystemClock()
    keys = KeyStore(settings.keystore_url, LocalRoot(root_key(settings.root_key_path)), clock)
    await keys.prepare()
    services = Services(
        settings=settings,
        clock=clock,
        db=Database(settings.data_url),
        keys=keys,
        storage=DiskStorage(settings.recordings_dir),
        mail=SmtpMailer(settings),
        judge=GeminiText(settings),
        documents=LocalReader(),
        audio=OpusMixer(),
        transcriber=GeminiTranscriber(settings),
        hooks=HttpHooks(settings.webhook_origin),
        calendar=GoogleCalendar(settings),
    )
    folder = settings.failpoints_dir
    return services if folder is None else with_failpoints(services, folder)


def live_model(settings: Settings) -> LiveModel:
    """Return the live voice model; only the gateway speaks with it."""
    # A second to load, and every other process starts without it.
    from interloop.integrations.live.gemini import GeminiLive  # noqa: PLC0415

    model = GeminiLive(settings)
    folder = settings.failpoints_dir
    return model if folder is None else mortal_model(model, folder)


def root_key(path: Path) -> bytes:
    """Return the 32-byte root key in the file, made at first use (mode 0600)."""
    if not path.exists():
        _make_root_key(path)
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError as wrong:
        raise Unavailable("root key file does not hold hex", code="root_key_unreadable") from wrong
    if len(key) != 32:
        raise Unavailable("root key is not 32 bytes", code="root_key_unreadable")
    return key


def _make_root_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(f".{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(os.urandom(32).hex())
    try:
        # Linking fails when another process was first; its key is the one.
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
