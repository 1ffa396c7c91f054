"""What a local run consists of: its addresses, its processes and the order they start in."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from interloop.settings import Settings
from interloop.supervisor import readiness
from interloop.supervisor.child import Errand, Program
from interloop.supervisor.ports import LOOPBACK, PortBook
from interloop.supervisor.supervisor import Stage

SEARCH_ATTRIBUTES = {
    "OrganizationId": "Keyword",
    "JobId": "Keyword",
    "Stage": "Keyword",
    "Outcome": "Keyword",
    "WaitingOn": "Keyword",
    "DueAt": "Datetime",
    "Gateway": "Keyword",
}
"""Registered at launch: a workflow that sets an unknown one fails its task for ever."""

PAUSABLE = "frontend.WorkflowPauseEnabled=true"
"""Lets people on call pause one journey; the server's default is off."""


@dataclass(frozen=True)
class Ports:
    """Where each listener of a local run listens, all on loopback."""

    app: int
    gateways: tuple[int, ...]
    temporal: int
    temporal_web: int
    live: int
    smtp: int
    inbox: int

    @classmethod
    def pick(cls, book: PortBook, app: int) -> "Ports":
        """Take the usual ports where they are free; with `app` 0 take any free ones."""

        def near(what: str, usual: int) -> int:
            return book.pick(what, usual if app else 0)

        return cls(
            app=near("the app", app),
            gateways=tuple(near(f"gateway {n}", 8100 + n) for n in (1, 2)),
            temporal=near("Temporal", 7233),
            temporal_web=near("Temporal Web", 8233),
            live=near("the sandbox's live model", 8443),
            smtp=near("the sandbox's mail server", 1025),
            inbox=near("the mail inbox", 8025),
        )


@dataclass(frozen=True)
class Stack:
    """Everything a local run starts, for one folder of state and one set of ports."""

    settings: Settings
    ports: Ports

    @property
    def app_url(self) -> str:
        """Address of the app."""
        return _url(self.ports.app)

    @property
    def inbox_url(self) -> str:
        """Address of the sandbox's mail inbox."""
        return _url(self.ports.inbox)

    @property
    def state_dir(self) -> Path:
        """Folder of databases, keys, recordings and logs, absolute."""
        return self.settings.state_dir.resolve()

    def addresses(self) -> dict[str, str]:
        """Return the addresses that `run.json` tells by name."""
        return {
            "app": self.app_url,
            "inbox": self.inbox_url,
            "temporal_web": f"{self.app_url}/temporal",
            "temporal": f"{LOOPBACK}:{self.ports.temporal}",
            "live": f"https://{LOOPBACK}:{self.ports.live}",
            **{f"gateway-{n}": _url(port) for n, port in enumerate(self.ports.gateways, start=1)},
        }

    def stages(self) -> tuple[Stage, ...]:
        """Return the processes in the order they start; those of one stage start together."""
        gateways = (self._gateway(n, port) for n, port in enumerate(self.ports.gateways, start=1))
        return (
            (self._sandbox(), self._temporal(), self._database()),
            (self._worker(), self._api(), *gateways),
        )

    def _env(self) -> Mapping[str, str]:
        env = {
            "INTERLOOP_STATE_DIR": str(self.state_dir),
            "INTERLOOP_APP_URL": self.app_url,
            "INTERLOOP_API_HOST": LOOPBACK,
            "INTERLOOP_API_PORT": str(self.ports.app),
            "INTERLOOP_TEMPORAL_ADDRESS": f"{LOOPBACK}:{self.ports.temporal}",
            "INTERLOOP_TEMPORAL_NAMESPACE": self.settings.temporal_namespace,
            "INTERLOOP_TEMPORAL_WEB_URL": _url(self.ports.temporal_web),
            "INTERLOOP_SANDBOX_CONTROL_URL": self.inbox_url,
            "PYTHONUNBUFFERED": "1",
        }
        return {**self._outside_parties(), **env}

    def _outside_parties(self) -> Mapping[str, str]:
        """Point mail, calendars and the live model at the sandbox, but for what a person set."""
        mail = {"INTERLOOP_SMTP_HOST": LOOPBACK, "INTERLOOP_SMTP_PORT": str(self.ports.smtp)}
        live = {
            "INTERLOOP_LIVE_BASE_URL": f"https://{LOOPBACK}:{self.ports.live}",
            "INTERLOOP_LIVE_CA_FILE": str(self._sandbox_dir / "tls.crt"),
        }
        calendars = {"INTERLOOP_GOOGLE_URL": f"{self.inbox_url}/google"}
        own_mail = "INTERLOOP_SMTP_HOST" in os.environ
        own_calendars = "INTERLOOP_GOOGLE_URL" in os.environ
        own_model = bool(self.settings.gemini_api_key.get_secret_value())
        return {
            **({} if own_mail else mail),
            **({} if own_calendars else calendars),
            **({} if own_model else live),
        }

    @property
    def _sandbox_dir(self) -> Path:
        return self.state_dir / "sandbox"

    def _sandbox(self) -> Program:
        arguments = {
            "--state-dir": self._sandbox_dir,
            "--https-port": self.ports.live,
            "--smtp-port": self.ports.smtp,
            "--web-port": self.ports.inbox,
        }
        flat = (str(word) for pair in arguments.items() for word in pair)
        return Program(
            name="sandbox",
            command=(sys.executable, "-m", "sandbox", *flat),
            ready=readiness.page(f"{self.inbox_url}/api/messages"),
        )

    def _temporal(self) -> Program:
        namespace = self.settings.temporal_namespace
        return Program(
            name="temporal",
            command=(
                *(temporal_binary(), "server", "start-dev", "--ip", LOOPBACK),
                *("--port", str(self.ports.temporal), "--ui-port", str(self.ports.temporal_web)),
                *("--namespace", namespace),
                *("--db-filename", str(self.state_dir / "temporal.db")),
                # Without these two a journey costs the server more than twice the CPU.
                *("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal"),
                *("--ui-public-path", "/temporal", "--ui-codec-endpoint", f"{self.app_url}/codec"),
                *("--ui-disable-news-fetch", "--log-level", "warn"),
                *("--dynamic-config-value", PAUSABLE),
                *search_attribute_flags(),
            ),
            ready=readiness.temporal(
                temporal_binary(), f"{LOOPBACK}:{self.ports.temporal}", namespace
            ),
        )

    def _database(self) -> Errand:
        command = (sys.executable, "-m", "interloop.cli", "prepare")
        return Errand(name="database", commands=(command,), env=self._env())

    def _worker(self) -> Program:
        sign = self.state_dir / "ready" / "worker"
        # A sign of the last run would let us go on before this one polls.
        sign.unlink(missing_ok=True)
        return Program(
            name="worker",
            command=(sys.executable, "-m", "workflows"),
            ready=readiness.file(sign),
            env=self._env(),
        )

    def _api(self) -> Program:
        return Program(
            name="api",
            command=(sys.executable, "-m", "api"),
            ready=readiness.page(f"{self.app_url}/health/ready"),
            env=self._env(),
        )

    def _gateway(self, number: int, port: int) -> Program:
        own = {"INTERLOOP_GATEWAY_HOST": LOOPBACK, "INTERLOOP_GATEWAY_PORT": str(port)}
        return Program(
            name=f"gateway-{number}",
            command=(sys.executable, "-m", "media_gateway"),
            ready=readiness.page(f"{_url(port)}/health/ready"),
            env={**self._env(), **own},
        )


def search_attribute_flags() -> tuple[str, ...]:
    """Return the flags that register our search attributes when the server starts."""
    pairs = (f"{name}={kind}" for name, kind in SEARCH_ATTRIBUTES.items())
    return tuple(word for pair in pairs for word in ("--search-attribute", pair))


def temporal_binary() -> str:
    """Return the Temporal command that came with our dependencies, else the one on the path."""
    beside = Path(sys.executable).with_name("temporal")
    return str(beside) if beside.exists() else which("temporal") or "temporal"


def _url(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"
