"""A whole application on a real database: two organisations, people of every role."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.build import build_context
from api.context import Context
from api.session import access_token
from interloop.bootstrap import build
from interloop.db.tables import NoticeVersion, Organization, User
from interloop.domain.clock import FixedClock
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.security.passwords import hash_password
from interloop.services import Services
from interloop.settings import Settings
from tests.support.databases import DatabaseUrls

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"
BASE = "http://interloop.test"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def settings(database_urls: DatabaseUrls, tmp_path: Path) -> Settings:
    return Settings(
        **vars(database_urls),
        state_dir=tmp_path,
        root_key_file=Path(database_urls.keys_url.split("///")[-1]).parent / "root.key"
        if database_urls.keys_url.startswith("sqlite")
        else tmp_path.parent / "root.key",
        password_cost="cheap",
        # Nobody listens there: journeys wait.
        temporal_address="127.0.0.1:1",
        temporal_web_url="http://127.0.0.1:1",
    )


@pytest.fixture
async def services(settings: Settings, clock: FixedClock) -> AsyncIterator[Services]:
    built = await build(settings, clock)
    yield built
    await built.close()


@pytest.fixture
async def context(services: Services) -> AsyncIterator[Context]:
    built = await build_context(services)
    yield built
    await built.web.aclose()


@pytest.fixture
def app(context: Context, tmp_path: Path) -> FastAPI:
    return create_app(context, dist=tmp_path / "dist")


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    async with browser(app) as client:
        yield client


def browser(app: FastAPI) -> httpx2.AsyncClient:
    """A client with its own cookies."""
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=BASE)


@dataclass(frozen=True)
class Org:
    """An organisation and its staff by role."""

    id: UUID
    people: dict[Role, User]

    def __getitem__(self, role: Role) -> User:
        return self.people[role]


async def make_org(services: Services, name: str) -> Org:
    org = Organization(id=new_id(), name=name, created_at=services.clock.now())
    async with services.db.unscoped("set-up") as session:
        session.add(org)
    people = {role: make_user(services, org.id, role) for role in Role}
    async with services.db.session(org.id) as session:
        session.add_all(people.values())
        text = "An AI interviewer asks the questions."
        session.add(
            NoticeVersion(
                org_id=org.id,
                language="en",
                version=1,
                text=text,
                sha256="a" * 64,
                created_at=services.clock.now(),
            )
        )
    return Org(id=org.id, people=people)


def make_user(services: Services, org_id: UUID, role: Role) -> User:
    word = secrets.token_hex(4)
    return User(
        id=new_id(),
        org_id=org_id,
        email=f"{role.value}-{word}@example.test",
        name=f"{role.value} {word}",
        role=role,
        password_hash=hash_password(PASSWORD, services.settings.password_cost),
        created_at=services.clock.now(),
    )


@pytest.fixture
async def ours(services: Services) -> Org:
    return await make_org(services, "Ours")


@pytest.fixture
async def theirs(services: Services) -> Org:
    return await make_org(services, "Theirs")


def bearer(context: Context, user: User) -> dict[str, str]:
    """The header of a signed-in member of staff."""
    return {"authorization": f"Bearer {access_token(context, user.org_id, user.id)}"}
