"""The whole API on a real socket, asked by Schemathesis with the token each operation names."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import DEVNULL
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from temporalio.client import Client

from api.app import create_app
from api.build import build_context
from api.links import candidate_token
from api.session import access_token
from interloop.domain.roles import Role
from interloop.services import Services
from interloop.temporal.client import connect
from tests.api.conftest import make_org
from tests.api.serving import served
from tests.api.world import make_case
from workflows.worker import make_worker

ENDLESS = r"^/api/events$"
"""A stream without an end has no answer to compare; it has tests of its own."""

CONFIG = """
[auth.openapi]
staff = {{ bearer = "{staff}" }}
candidate = {{ bearer = "{candidate}" }}
key = {{ bearer = "{key}" }}

# Rules that no JSON schema can say: what a document holds, which zones exist, what is over.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "410", "422", "429"]

# In a form every part is bytes: a file whose content reads 7 is as good as any.
[[operations]]
include-operation-id-regex = "^(read_description|add_application|v1_add_application)$"
checks.negative_data_rejection.enabled = false

# Asks Google, which is not here: 503 is the right answer to access that would be good.
[[operations]]
include-operation-id-regex = "^connect_calendar$"
checks.not_a_server_error.enabled = false
checks.positive_data_acceptance.enabled = false
checks.status_code_conformance.enabled = false
"""


@dataclass(frozen=True)
class Served:
    """An address, and the folder with the document of what stands there and who may ask."""

    address: str
    folder: Path
    answers: Counter[int]
    """How often each status was answered."""


@dataclass(frozen=True)
class Asked:
    """What came of it; code 0 is no finding at all."""

    code: int
    words: str

    @property
    def cases(self) -> int:
        """Requests that were generated."""
        return self._number(r"([\d,]+) generated")

    @property
    def operations(self) -> int:
        """Operations that were asked."""
        return self._number(r"Tested: (\d+)")

    def _number(self, pattern: str) -> int:
        found = re.search(pattern, self.words)
        return int(found[1].replace(",", "")) if found else 0


def counted(app: ASGIApp, answers: Counter[int]) -> ASGIApp:
    """Count the statuses that an application answers with."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                answers[int(message["status"])] += 1
            await send(message)

        await app(scope, receive, note)

    return serve


@asynccontextmanager
async def whole_api(services: Services, folder: Path) -> AsyncIterator[Served]:
    """Serve the API with a worker beside it; one organisation with a candidate in it."""
    client: Client = await connect(services)
    context = await build_context(services)
    case = await make_case(services, await make_org(services, "Fuzzed"))
    # The pages of the frontend need no build here: one without is a 503 that says so.
    for page in ("index.html", "candidate.html"):
        (folder / page).write_text("<!doctype html><title>Interloop</title>")
    app = create_app(context, dist=folder)
    (folder / "openapi.json").write_text(json.dumps(app.openapi()))
    (folder / "schemathesis.toml").write_text(
        CONFIG.format(
            staff=access_token(context, case.org.id, case.members[Role.admin].id),
            candidate=candidate_token(context, case.org.id, case.application_id),
            key=case.api_key,
        )
    )
    answers: Counter[int] = Counter()
    async with make_worker(client, services), served(counted(app, answers)) as address:
        yield Served(address, folder, answers)
    await context.web.aclose()


async def ask(
    there: Served, *, examples: int, seed: int, phases: str, only: str = "", mode: str = "all"
) -> Asked:
    """Run Schemathesis over every operation (or those whose path fits `only`).

    `mode` is `positive` for what the document allows, `negative` for what not, or `all`.
    """
    arguments = [
        *(sys.executable, "-m", "schemathesis.cli", "--no-color", "run", "openapi.json"),
        *("--url", there.address, "--exclude-path-regex", ENDLESS, "--phases", phases),
        *("-m", mode, "-n", str(examples), "--seed", str(seed), "--generation-database", "none"),
        *("--request-timeout", "20", "--continue-on-failure", "--no-shrink"),
        *("--suppress-health-check", "all", "--warnings", "off"),
        *(("--include-path-regex", only) if only else ()),
    ]
    told = there.folder / "told.txt"
    with told.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *arguments, cwd=there.folder, stdout=file, stderr=file, stdin=DEVNULL
        )
        code = await process.wait()
    return Asked(code=code, words=told.read_text())
