"""All of the sandbox's Google: who gets in, what calendars say, what goes wrong, who asked."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from sandbox.google.access import Access
from sandbox.google.calendars import Calendars
from sandbox.google.faults import CalendarFaults

_REMEMBERED = 500


@dataclass
class Workspace:
    """One organisation's Google."""

    key: RSAPrivateKey
    access: Access = field(init=False)
    calendars: Calendars = field(default_factory=Calendars)
    faults: CalendarFaults = field(default_factory=CalendarFaults)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """HTTP methods and paths that were asked for, oldest first."""

    def __post_init__(self) -> None:
        self.access = Access(self.key)

    def note(self, method: str, path: str) -> None:
        """Remembers a request for those who count."""
        self.asked.append((method, path))
        del self.asked[:-_REMEMBERED]

    def clear(self) -> None:
        """As at the start."""
        self.access.clear()
        self.calendars.clear()
        self.faults.clear()
        self.asked.clear()
