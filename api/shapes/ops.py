"""Health and version."""

from interloop.domain.base import Value


class LiveOut(Value):
    """The process runs."""

    ok: bool = True


class ReadyOut(Value):
    """What the process needs, each in a word; 503 unless `ok`."""

    ok: bool
    database: str
    migrations: str
    temporal: str


class VersionOut(Value):
    """What runs here."""

    version: str
    profile: str
