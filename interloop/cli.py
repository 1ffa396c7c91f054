"""The `interloop` command: databases, demo data, audit; for operators and for the Makefile."""

import asyncio
from typing import Annotated
from urllib.parse import urlsplit

import typer

from interloop import seed as demo_seed
from interloop.bootstrap import build
from interloop.db import upgrade as migrations
from interloop.settings import settings

app = typer.Typer(no_args_is_help=True, help="Interloop: hiring interviews that survive.")
db = typer.Typer(no_args_is_help=True, help="The database.")
app.add_typer(db, name="db")


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


@app.command()
def seed() -> None:
    """Make the demo organisation, once."""
    asyncio.run(_seed())


@app.command()
def prepare() -> None:
    """Bring the tables to the newest shape and make the demo organisation, once."""
    db_upgrade()
    seed()


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
