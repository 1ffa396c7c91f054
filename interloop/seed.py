"""The demo organisation: people of every role, a notice, and their passwords in `demo.json`."""

import hashlib
import json
import os
import secrets
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from interloop.db.tables import NoticeVersion, Organization, User
from interloop.db.trail import SYSTEM, audit
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.security.passwords import hash_password
from interloop.services import Services

DEMO_ORGANIZATION = "Larkfield"
NOTICE = """\
An AI interviewer asks the questions. It is software, not a person.
Your voice and what you type are recorded and kept encrypted.
Your picture is recorded only if you say yes to it and turn your camera on.
A person reads or hears your answers and decides; no computer rejects you.
You can ask for a person instead, at any time, without giving a reason.
You can pause, come back, correct your words, or withdraw.
Ask whoever invited you, and your data is erased."""


async def seed(services: Services) -> bool:
    """Make the demo organisation once; return whether it was made now.

    Writes `state_dir/demo.json` (mode 0600): a list of {role, name, email, password}.
    """
    async with services.db.unscoped("set-up") as session:
        there = await session.scalar(
            select(Organization.id).where(Organization.name == DEMO_ORGANIZATION)
        )
        if there is not None:
            return False
        org = Organization(id=new_id(), name=DEMO_ORGANIZATION, created_at=services.clock.now())
        session.add(org)
    people = [_person(role) for role in Role]
    await _fill(services, org.id, people)
    _write_private(services.settings.state_dir / "demo.json", people)
    return True


def _person(role: Role) -> dict[str, str]:
    word = role.value.replace("_", "-")
    return {
        "role": role.value,
        "name": f"Demo {role.value.replace('_', ' ')}",
        "email": f"{word}@larkfield.example",
        "password": "-".join(secrets.token_hex(2) for _ in range(4)),
    }


async def _fill(services: Services, org_id: UUID, people: list[dict[str, str]]) -> None:
    now = services.clock.now()
    cost = services.settings.password_cost
    async with services.db.session(org_id) as session:
        for person in people:
            session.add(
                User(
                    org_id=org_id,
                    email=person["email"],
                    name=person["name"],
                    role=Role(person["role"]),
                    password_hash=hash_password(person["password"], cost),
                    created_at=now,
                )
            )
        session.add(
            NoticeVersion(
                org_id=org_id,
                language="en",
                version=1,
                text=NOTICE,
                sha256=hashlib.sha256(NOTICE.encode()).hexdigest(),
                created_at=now,
            )
        )
        await audit(session, SYSTEM, "organization.made", at=now, about=("organization", org_id))


def _write_private(path: Path, people: list[dict[str, str]]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(people, file, indent=2)
