"""Everything the sandbox plays, in one place, so that each port shows a part of it."""

from dataclasses import dataclass, field

from sandbox.google.workspace import Workspace
from sandbox.hooks.receiver import Receiver
from sandbox.judge.mode import Bench
from sandbox.live.service import Service
from sandbox.mail.mailbox import Mailbox
from sandbox.mail.sink import Sink


@dataclass
class World:
    """The outside parties of one process."""

    live: Service
    google: Workspace
    mailbox: Mailbox = field(default_factory=Mailbox)
    sink: Sink = field(init=False)
    bench: Bench = field(default_factory=Bench)
    hooks: Receiver = field(default_factory=Receiver)

    def __post_init__(self) -> None:
        self.sink = Sink(self.mailbox)
