"""Named moments at which a process dies beside an outside effect; only a chaos run arms them.

A point is a method of a port, `mail.send`; its moments are before, during and after. Whoever wants
a process to die puts an empty file `mail.send.after` into the folder that the settings name: the
first process to come there takes the file away and kills itself with SIGKILL. Without such a
folder no port is wrapped, and the production profile refuses one.
"""

import asyncio
import inspect
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, cast, get_type_hints

from interloop.integrations.live.port import LiveModel, LiveSession
from interloop.services import Services

_DURING_S = 0.002
"""So long a call is under way when its process dies: on loopback, in the middle of it."""


class Moment(StrEnum):
    """When the process dies: before the effect, in its middle, or before it is known here."""

    before = "before"
    during = "during"
    after = "after"


def points() -> tuple[str, ...]:
    """Return every point there is: all asynchronous methods of all ports."""
    hints = get_type_hints(Services)
    ports = {each.name: hints[each.name] for each in fields(Services)}
    ports |= {"live": LiveModel, "live_session": LiveSession}
    return tuple(
        f"{name}.{method}"
        for name, port in ports.items()
        if getattr(port, "_is_protocol", False)
        for method, _ in inspect.getmembers(port, inspect.iscoroutinefunction)
    )


def arm(folder: Path, point: str, moment: Moment) -> None:
    """Let the next process that comes to this moment die."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{point}.{moment}").touch()


def is_armed(folder: Path, point: str, moment: Moment) -> bool:
    """Tell whether no process has come there yet."""
    return (folder / f"{point}.{moment}").exists()


def with_failpoints(services: Services, folder: Path) -> Services:
    """Return services whose ports die where they are told to."""
    hints = get_type_hints(Services)
    ports = [each for each in fields(Services) if getattr(hints[each.name], "_is_protocol", False)]
    wrapped = {p.name: _Mortal(getattr(services, p.name), p.name, folder) for p in ports}
    return replace(services, **cast("dict[str, Any]", wrapped))


def mortal_model(model: LiveModel, folder: Path) -> LiveModel:
    """Return a live model that dies where it is told to, and so do its sessions."""
    return cast("LiveModel", _Mortal(model, "live", folder))


class _Mortal:
    """A port whose asynchronous methods may be the last thing a process does."""

    def __init__(self, port: object, name: str, folder: Path) -> None:
        self._port = port
        self._name = name
        self._folder = folder

    def __getattr__(self, method: str) -> object:
        """Return the port's own attribute, watched when it is an asynchronous method."""
        real = getattr(self._port, method)
        return self._watched(method, real) if inspect.iscoroutinefunction(real) else real

    def _watched(
        self, method: str, real: Callable[..., Awaitable[object]]
    ) -> Callable[..., Awaitable[object]]:
        point = f"{self._name}.{method}"

        async def call(*args: object, **named: object) -> object:
            self._reach(point, Moment.before)
            running = asyncio.ensure_future(real(*args, **named))
            if is_armed(self._folder, point, Moment.during):
                await asyncio.wait({running}, timeout=_DURING_S)
                self._reach(point, Moment.during)
            result = await running
            self._reach(point, Moment.after)
            if point == "live.connect":
                return _Mortal(result, "live_session", self._folder)
            return result

        return call

    def _reach(self, point: str, moment: Moment) -> None:
        """Die when this moment was armed and nobody has died for it."""
        try:
            (self._folder / f"{point}.{moment}").unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)
