"""What a conversation remembers, and the handles with which it can be continued."""

import uuid
from collections import OrderedDict
from dataclasses import dataclass, field, replace

_KEPT = 2_000


@dataclass
class Memory:
    """Only what choosing the next words needs."""

    heard: list[str] = field(default_factory=list)
    """What the candidate said since the last new question."""

    speaker: str = field(default_factory=lambda: uuid.uuid4().hex)
    """The candidate's voice, the same across connections."""

    turns: int = 0
    """Turns of the model that are over."""

    def copy(self) -> "Memory":
        """A snapshot that later turns do not change."""
        return replace(self, heard=list(self.heard))


class Handles:
    """Snapshots by handle; lost with the process, as the real ones expire."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Memory] = OrderedDict()

    def issue(self, memory: Memory) -> str:
        """A new handle for the conversation as it is now."""
        handle = uuid.uuid4().hex
        self._kept[handle] = memory.copy()
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return handle

    def find(self, handle: str) -> Memory | None:
        """The conversation of a handle; a handle can be used again."""
        kept = self._kept.get(handle)
        return kept.copy() if kept else None
