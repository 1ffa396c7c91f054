"""Where a running stack is, and who may sign in: read from what `make up` wrote."""

import json
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from interloop.demo.http import DemoFailed
from interloop.domain.base import Value


class Person(Value):
    """A demo sign-in."""

    role: str
    name: str
    email: str
    password: str = Field(repr=False)


class Stack(Value):
    """Addresses of a running stack, and its demo people."""

    app: str
    inbox: str
    people: tuple[Person, ...]

    def person(self, role: str) -> Person:
        """Return the demo person of this role."""
        return next(each for each in self.people if each.role == role)


_PEOPLE = TypeAdapter(tuple[Person, ...])


def find_stack(state_dir: Path) -> Stack:
    """Read `run.json` and `demo.json`; raises `DemoFailed` when nothing runs there."""
    try:
        run = json.loads((state_dir / "run.json").read_text())
        people = _PEOPLE.validate_json((state_dir / "demo.json").read_text())
        return Stack(app=run["app"], inbox=run["inbox"], people=people)
    except (FileNotFoundError, KeyError, json.JSONDecodeError, ValidationError) as missing:
        raise DemoFailed(
            f"No running stack is described in {state_dir}: start one with `make up`."
        ) from missing
