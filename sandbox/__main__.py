"""`python -m sandbox`: one process that plays every outside party on loopback."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated

import structlog
import typer

from sandbox.process import run

Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free port.")]


def main(
    state_dir: Annotated[Path, typer.Option(help="Certificate and ports.json; kept.")],
    https_port: Port = 0,
    smtp_port: Port = 0,
    web_port: Port = 0,
) -> None:
    """Serves Gemini (https), a mail sink (smtp), inbox and calendars (web) until told to stop."""
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # aiosmtpd logs addresses
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ]
    )
    state_dir.mkdir(parents=True, exist_ok=True)
    asyncio.run(run(state_dir, {"https": https_port, "smtp": smtp_port, "web": web_port}))


if __name__ == "__main__":
    typer.run(main)
