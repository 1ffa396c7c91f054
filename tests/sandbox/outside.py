"""A running sandbox process as the tests see it."""

import asyncio
import json
import os
import ssl
import sys
from asyncio.subprocess import PIPE, Process
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx2
from google import genai
from google.genai import types

MODEL = "gemini-3.8-live"


class Outside:
    """Addresses of one process, the official client for it, and its control port."""

    def __init__(self, process: Process, state_dir: Path) -> None:
        self.process = process
        self.state_dir = state_dir
        self.ports: dict[str, int] = json.loads((state_dir / "ports.json").read_text())
        self.google = f"https://127.0.0.1:{self.ports['https']}"
        self.web = f"http://127.0.0.1:{self.ports['web']}"
        self.trust = ssl.create_default_context(cafile=str(state_dir / "tls.crt"))

    @cached_property
    def live_client(self) -> genai.Client:
        """For Live: the TLS context reaches the socket, and pings are off."""
        options = types.HttpOptions(
            base_url=self.google,
            api_version="v1beta",
            async_client_args={"ssl": self.trust, "ping_interval": None, "close_timeout": 1},
        )
        return genai.Client(api_key="any-key", http_options=options)

    @cached_property
    def rest_client(self) -> genai.Client:
        """For generateContent: the TLS context goes to the HTTP client."""
        options = types.HttpOptions(
            base_url=self.google,
            api_version="v1beta",
            timeout=10_000,
            async_client_args={"verify": self.trust},
        )
        return genai.Client(api_key="any-key", http_options=options)

    async def stop(self) -> None:
        """Ends the process, when it still runs, and what the clients keep open."""
        for name in ("live_client", "rest_client"):
            if name in vars(self):
                await getattr(self, name).aio.aclose()
        if self.process.returncode is None:
            self.process.terminate()
        await self.process.wait()

    async def control(self, path: str, **body: object) -> None:
        """One order to the control port."""
        async with httpx2.AsyncClient(base_url=self.web, verify=self.trust) as http:
            (await http.post(f"/control/{path}", json=body)).raise_for_status()

    async def get(self, path: str) -> Any:
        """JSON from the web port."""
        async with httpx2.AsyncClient(base_url=self.web, verify=self.trust) as http:
            return (await http.get(path)).raise_for_status().json()


async def start(
    state_dir: Path, ports: dict[str, int] | None = None, *, instead: Path | None = None
) -> Outside:
    """Starts a process and waits until it says that it is ready.

    Modules in the folder `instead` take the place of installed ones.
    """
    paths = [str(instead or "."), os.environ.get("PYTHONPATH", "")]
    given = ports or {"https": 0, "smtp": 0, "web": 0}
    arguments = [part for name, port in given.items() for part in (f"--{name}-port", str(port))]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--state-dir",
        str(state_dir),
        *arguments,
        stdout=PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )
    assert process.stdout is not None
    async for line in process.stdout:
        if json.loads(line)["event"] == "sandbox_ready":
            return Outside(process, state_dir)
    raise AssertionError("the sandbox ended before it was ready")
