"""The audit chain: what breaks it is found, also when its end is cut off or all is rewritten."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import create_engine, select

from api.context import Context
from interloop.db.audit import CHECKPOINTS, Auditor
from interloop.db.tables import AuditEntry, TrailHead
from interloop.db.trail import SYSTEM, audit, entry_hash
from interloop.domain.roles import Role
from interloop.services import Services
from tests.api.conftest import NOW, Org, bearer
from tests.support.databases import DatabaseUrls


@pytest.fixture
def auditor(services: Services) -> Auditor:
    path = services.settings.state_dir / CHECKPOINTS
    return Auditor(services.db, services.keys, services.clock, path)


@pytest.fixture
async def chain(services: Services, ours: Org) -> Org:
    """Five entries."""
    async with services.db.session(ours.id) as session:
        for number in range(5):
            at = NOW + timedelta(seconds=number)
            await audit(session, SYSTEM, f"test.{number}", at=at, about=("job", None))
    return ours


def as_owner(urls: DatabaseUrls, *statements: str) -> None:
    """What somebody who owns the database can do: past triggers and policies."""
    url = urls.database_admin_url.replace("+aiosqlite", "")
    engine = create_engine(url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            for table in ("audit_entry", "trail_head"):
                connection.exec_driver_sql(f"alter table {table} no force row level security")
            connection.exec_driver_sql("alter table audit_entry disable trigger user")
        else:
            for verb in ("update", "delete"):
                connection.exec_driver_sql(f"drop trigger if exists audit_entry_no_{verb}")
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def org_literal(urls: DatabaseUrls, org: Org) -> str:
    return f"'{org.id}'" if "postgresql" in urls.database_url else f"'{org.id.hex}'"


async def test_an_untouched_chain_holds(
    http: httpx2.AsyncClient, context: Context, chain: Org, auditor: Auditor
) -> None:
    assert await auditor.checkpoint() >= 1
    assert await auditor.checkpoint() == 0
    headers = bearer(context, chain[Role.auditor])
    found = (await http.get("/api/audit/verification", headers=headers)).json()
    assert found == {
        "ok": True,
        "entries": 5,
        "checkpoints": 1,
        "first_bad_seq": None,
        "reason": None,
    }


async def test_an_altered_entry_is_found(
    chain: Org, auditor: Auditor, database_urls: DatabaseUrls
) -> None:
    org = org_literal(database_urls, chain)
    as_owner(database_urls, f"update audit_entry set action = 'x' where seq = 3 and org_id = {org}")
    found = await auditor.verify(chain.id)
    assert (found.ok, found.first_bad_seq, found.reason) == (False, 3, "entry_altered")


async def test_a_removed_entry_is_found(
    chain: Org, auditor: Auditor, database_urls: DatabaseUrls
) -> None:
    org = org_literal(database_urls, chain)
    as_owner(database_urls, f"delete from audit_entry where seq = 2 and org_id = {org}")
    found = await auditor.verify(chain.id)
    assert (found.first_bad_seq, found.reason) == (2, "entry_missing")


async def test_an_end_that_was_cut_off_with_its_head_is_found_by_the_checkpoint(
    chain: Org, auditor: Auditor, services: Services, database_urls: DatabaseUrls
) -> None:
    await auditor.checkpoint()
    org = org_literal(database_urls, chain)
    as_owner(database_urls, f"delete from audit_entry where seq > 3 and org_id = {org}")
    assert (await auditor.verify(chain.id)).reason == "end_cut_off"
    async with services.db.session(chain.id) as session:
        last = await session.get_one(TrailHead, chain.id)
        last.audit_seq, last.audit_hash = 3, await hash_of(services, chain, 3)
    found = await auditor.verify(chain.id)
    assert (found.first_bad_seq, found.reason) == (4, "end_cut_off")


async def hash_of(services: Services, org: Org, seq: int) -> bytes:
    async with services.db.read(org.id) as session:
        row = (await session.scalars(select(AuditEntry).where(AuditEntry.seq == seq))).one()
    return entry_hash(row)


async def test_a_forged_checkpoint_is_found(chain: Org, auditor: Auditor) -> None:
    await auditor.checkpoint()
    lines = auditor.path.read_text().splitlines()
    forged = [json.loads(line) for line in lines if line]
    for line in forged:
        line["hash"] = "00" * 32
    auditor.path.write_text("\n".join(map(json.dumps, forged)) + "\n")
    found = await auditor.verify(chain.id)
    assert (found.first_bad_seq, found.reason) == (5, "checkpoint_forged")


async def test_a_line_that_a_crash_cut_off_does_no_harm(chain: Org, auditor: Auditor) -> None:
    await auditor.checkpoint()
    auditor.path.write_text(auditor.path.read_text() + '{"org": "0')
    assert (await auditor.verify(chain.id)).ok
    async with auditor.db.session(chain.id) as session:
        await audit(session, SYSTEM, "later", at=NOW, about=("job", None))
    await auditor.checkpoint()
    assert (await auditor.verify(chain.id)).checkpoints == 2


async def test_pages_of_the_chain_meet(
    http: httpx2.AsyncClient, context: Context, chain: Org
) -> None:
    headers = bearer(context, chain[Role.auditor])
    first = (await http.get("/api/audit?limit=3", headers=headers)).json()
    rest = (await http.get(f"/api/audit?limit=3&before={first['next']}", headers=headers)).json()
    assert [e["seq"] for e in first["entries"] + rest["entries"]] == [5, 4, 3, 2, 1]
    assert rest["next"] is None
    for odd in ("before=0", "before=x", "limit=0", "limit=201", f"before={2**70}"):
        assert (await http.get(f"/api/audit?{odd}", headers=headers)).status_code == 422


def verify_by_command(services: Services, urls: DatabaseUrls) -> subprocess.CompletedProcess[str]:
    settings = services.settings
    env = {
        **os.environ,
        **urls.env(),
        "INTERLOOP_STATE_DIR": str(settings.state_dir),
        "INTERLOOP_ROOT_KEY_FILE": str(settings.root_key_path),
    }
    return subprocess.run(
        [sys.executable, "-m", "interloop.cli", "audit", "verify"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_command_fails_with_the_first_bad_number(
    chain: Org, services: Services, database_urls: DatabaseUrls
) -> None:
    org = org_literal(database_urls, chain)
    as_owner(database_urls, f"update audit_entry set action = 'x' where seq = 4 and org_id = {org}")
    done = await asyncio.to_thread(verify_by_command, services, database_urls)
    assert done.returncode == 1, done.stderr
    assert f"{chain.id} entry_altered at 4 (3 entries)" in done.stdout
