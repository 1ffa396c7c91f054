"""Starts stages of processes in order, brings back what dies, ends all in reverse order."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from interloop.supervisor import warden
from interloop.supervisor.child import Errand, Program, StartFailed, end_group, spawn, stop, tail

Stage = Sequence[Program | Errand]

STOP_WITHIN_S = 4.0
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0
STEADY_AFTER_S = 5.0
POLL_S = 0.1


class Supervisor:
    """Holds the processes of one local run; `changed` hears the process ids after each change."""

    def __init__(
        self,
        stages: Sequence[Stage],
        logs: Path,
        *,
        changed: Callable[[Mapping[str, int]], None],
        say: Callable[[str], None],
    ) -> None:
        self._stages = stages
        self._logs = logs
        self._changed = changed
        self._say = say
        self._running: dict[str, Process] = {}
        self._keepers: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._warden: Process | None = None

    async def start(self) -> None:
        """Start every stage and wait until it can be used; raise `StartFailed` otherwise."""
        self._warden = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", warden.__file__), stdin=PIPE, start_new_session=True
        )
        for stage in self._stages:
            started = monotonic()
            tasks = [asyncio.create_task(self._bring_up(entry)) for entry in stage]
            try:
                await asyncio.gather(*tasks)
            except BaseException:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                raise
            names = ", ".join(entry.name for entry in stage)
            self._say(f"  ready  {names}  ({monotonic() - started:.1f} s)")

    async def stop(self) -> None:
        """End everything in reverse order within `STOP_WITHIN_S` seconds."""
        self._stopping = True
        for keeper in self._keepers:
            keeper.cancel()
        deadline = monotonic() + STOP_WITHIN_S
        running = [
            [self._running[entry.name] for entry in stage if entry.name in self._running]
            for stage in reversed(self._stages)
        ]
        for left, processes in zip(range(len(running), 0, -1), running, strict=True):
            grace = max(0.2, (deadline - monotonic()) / left)
            await asyncio.gather(*(self._end(process, grace) for process in processes))
        if self._warden is not None and self._warden.stdin is not None:
            self._warden.stdin.close()
            await self._warden.wait()

    async def _bring_up(self, entry: Program | Errand) -> None:
        if isinstance(entry, Errand):
            await self._run_errand(entry)
            return
        process = await self._spawn(entry)
        await self._wait_until_ready(entry, process)
        keeper = asyncio.create_task(self._keep(entry, process))
        self._keepers.add(keeper)

    async def _run_errand(self, errand: Errand) -> None:
        log = self._log(errand.name)
        for command in errand.commands:
            process = await spawn(command, errand.env, log)
            self._tell_warden("+", process.pid)
            self._running[errand.name] = process
            code = await process.wait()
            self._tell_warden("-", process.pid)
            del self._running[errand.name]
            if code != 0:
                raise StartFailed(f"{errand.name} failed (exit {code}):\n{tail(log)}")

    async def _spawn(self, program: Program) -> Process:
        process = await spawn(program.command, program.env, self._log(program.name))
        self._tell_warden("+", process.pid)
        self._running[program.name] = process
        self._changed({name: running.pid for name, running in self._running.items()})
        return process

    async def _wait_until_ready(self, program: Program, process: Process) -> None:
        log = self._log(program.name)
        deadline = monotonic() + program.within_s
        while not await program.ready():
            if process.returncode is not None:
                code = process.returncode
                raise StartFailed(f"{program.name} ended at once (exit {code}):\n{tail(log)}")
            if monotonic() > deadline:
                limit = program.within_s
                raise StartFailed(f"{program.name} is not ready after {limit} s:\n{tail(log)}")
            await asyncio.sleep(POLL_S)

    async def _keep(self, program: Program, process: Process) -> None:
        """Bring the program back whenever it dies; a stopped (SIGSTOP) one is left alone."""
        pause = FIRST_PAUSE_S
        while not self._stopping:
            started = monotonic()
            code = await process.wait()
            end_group(process.pid, signal.SIGKILL)
            self._tell_warden("-", process.pid)
            steady = monotonic() - started > STEADY_AFTER_S
            pause = FIRST_PAUSE_S if steady else min(pause * 2, LONGEST_PAUSE_S)
            self._say(f"  {program.name} ended (exit {code}); back in {pause:.1f} s")
            await asyncio.sleep(pause)
            process = await self._spawn(program)

    async def _end(self, process: Process, grace_s: float) -> None:
        await stop(process, grace_s)
        self._tell_warden("-", process.pid)

    def _tell_warden(self, sign: str, pid: int) -> None:
        if self._warden is not None and self._warden.stdin is not None:
            with suppress(ConnectionError):
                self._warden.stdin.write(f"{sign}{pid}\n".encode())

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"
