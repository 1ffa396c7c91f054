"""What Interloop asks of a text model: a prompt in, one value out."""

from typing import Protocol, TypeVar

from pydantic import BaseModel

from interloop.domain.base import Value
from interloop.domain.turn import Provider

A = TypeVar("A", bound=BaseModel)


class Prompt(Value):
    """A call: standing instruction, and the data as one JSON document that is never instruction."""

    instruction: str
    data: str
    temperature: float = 0.0
    seed: int = 0


class ModelIdentity(Value):
    """Who answered, for the record beside each mark."""

    provider: Provider
    model: str


class TextModel(Protocol):
    """Answers with an instance of the wanted class or raises `Unavailable`."""

    async def complete(self, prompt: Prompt, answer: type[A]) -> tuple[A, ModelIdentity]:
        """Ask once; raises `Unavailable` when away or when the answer does not validate."""
        ...

    async def close(self) -> None:
        """Let go of what was opened to ask."""
        ...
