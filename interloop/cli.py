"""The `interloop` command: databases, demo data, audit; for operators and for the Makefile."""

import asyncio
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from interloop import seed as demo_seed
from interloop.bootstrap import build
from interloop.db import upgrade as migrations
from interloop.db.audit import CHECKPOINTS, Auditor, Verification
from interloop.db.payload_keys import PayloadKeys
from interloop.db.trail import SYSTEM
from interloop.reconciling import compare, organizations, start_missing
from interloop.settings import settings
from interloop.temporal.client import connect

app = typer.Typer(no_args_is_help=True, help="Interloop: hiring interviews that survive.")
db = typer.Typer(no_args_is_help=True, help="The database.")
app.add_typer(db, name="db")
audit = typer.Typer(no_args_is_help=True, help="The audit chain.")
app.add_typer(audit, name="audit")
payload_key = typer.Typer(no_args_is_help=True, help="The keys of Temporal's payloads.")
app.add_typer(payload_key, name="payload-key")


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables to the newest shape."""
    config = settings()
    config.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    migrations.upgrade(config.owner_url, app_role=_app_role(config.data_url))


@db.command("check")
def db_check(url: Annotated[str, typer.Argument(help="URL of a migrated database")]) -> None:
    """Fail when models and migrations differ."""
    found = migrations.differences(url)
    for line in found:
        typer.echo(line)
    raise typer.Exit(1 if found else 0)


@audit.command("verify")
def audit_verify() -> None:
    """Recompute every chain and its checkpoints; fail with the first bad number."""
    bad = False
    for found in asyncio.run(_verify()):
        told = "ok" if found.ok else f"{found.reason} at {found.first_bad_seq}"
        typer.echo(f"{found.org_id} {told} ({found.entries} entries)")
        bad = bad or not found.ok
    raise typer.Exit(1 if bad else 0)


async def _verify() -> list[Verification]:
    services = await build(settings())
    path = services.settings.state_dir / CHECKPOINTS
    auditor = Auditor(services.db, services.keys, services.clock, path)
    try:
        return [await auditor.verify(org_id) for org_id in await auditor.organizations()]
    finally:
        await services.close()


@payload_key.command("rotate")
def payload_key_rotate() -> None:
    """Make a new key for Temporal's payloads; older ones still open what they sealed."""
    typer.echo(asyncio.run(_rotate()))


async def _rotate() -> str:
    services = await build(settings())
    try:
        return await PayloadKeys(services.keys, services.clock).rotate()
    finally:
        await services.close()


@app.command()
def reconcile(
    start: Annotated[bool, typer.Option(help="start journeys that are missing")] = False,  # noqa: FBT002 - an option of a command
) -> None:
    """Show where stages in the database and journeys in Temporal differ; 1 when they do."""
    left = asyncio.run(_reconcile(start=start))
    raise typer.Exit(1 if left else 0)


async def _reconcile(*, start: bool) -> int:
    """Print one line a difference; return how many are left."""
    services, left = await build(settings()), 0
    try:
        client = await connect(services)
        for org_id in await organizations(services.db):
            found = await compare(services.db, client, org_id)
            typer.echo(f"{org_id} {found.applications} applications")
            for each in found.differences:
                line = f"  {each.application_id} {each.kind}: {each.stage} here, {each.there} there"
                if start and each.may_start:
                    await start_missing(services.db, services.clock, org_id, SYSTEM, each)
                    line += "; the worker starts it"
                else:
                    left += 1
                typer.echo(line)
    finally:
        await services.close()
    return left


@app.command()
def seed() -> None:
    """Make the demo organisation, once."""
    asyncio.run(_seed())


@app.command()
def prepare() -> None:
    """Bring the tables to the newest shape and make the demo organisation, once."""
    db_upgrade()
    seed()


@app.command()
def demo(
    resume: Annotated[Path | None, typer.Option(help="PDF; empty: one made here")] = None,
    wav: Annotated[Path | None, typer.Option(help="what is spoken; empty: made here")] = None,
) -> None:
    """Walk one whole journey against the running stack: real HTTP, a real call, no browser."""
    from interloop.demo.tell import run  # noqa: PLC0415 - its call libraries are heavy

    raise typer.Exit(run(settings().state_dir, resume=resume, wav=wav))


async def _seed() -> None:
    services = await build(settings())
    try:
        made = await demo_seed.seed(services)
    finally:
        await services.close()
    typer.echo("demo organisation made" if made else "demo organisation is there")


def _app_role(url: str) -> str | None:
    """Return the PostgreSQL role the application signs in as."""
    return urlsplit(url).username if url.startswith("postgresql") else None


if __name__ == "__main__":
    app()
