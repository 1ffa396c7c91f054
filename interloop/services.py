"""What every process works with: ports, clock and databases, and no vendor."""

from dataclasses import dataclass

from interloop.db.keystore import KeyStore
from interloop.db.scope import Database
from interloop.domain.clock import Clock
from interloop.domain.turn import Provider
from interloop.integrations.audio.port import Mixer
from interloop.integrations.calendar.port import Calendar
from interloop.integrations.llm.port import TextModel
from interloop.integrations.mail.port import Mailer
from interloop.integrations.resume.port import DocumentReader
from interloop.integrations.storage.port import Storage
from interloop.integrations.transcribe.port import Transcriber
from interloop.integrations.webhooks.port import HookSender
from interloop.settings import Settings


@dataclass(frozen=True)
class Services:
    """One bundle a process, built by `bootstrap` (or by a test) and handed down."""

    settings: Settings
    clock: Clock
    db: Database
    keys: KeyStore
    storage: Storage
    mail: Mailer
    judge: TextModel
    documents: DocumentReader
    audio: Mixer
    transcriber: Transcriber
    hooks: HookSender
    calendar: Calendar

    @property
    def provider(self) -> Provider:
        """Return what stands behind model words and marks in this installation."""
        return Provider.sandbox if self.settings.sandbox_model else Provider.model

    async def close(self) -> None:
        """Close databases and lines to the outside."""
        await self.judge.close()
        await self.transcriber.close()
        await self.hooks.close()
        await self.db.close()
        await self.keys.close()
