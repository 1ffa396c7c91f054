"""The API process: `python -m api`."""

import asyncio
import signal

import structlog
import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from api.app import create_app
from api.build import build_context
from interloop import collector, logs
from interloop.bootstrap import build
from interloop.db.audit import CHECKPOINTS, Auditor
from interloop.services import Services
from interloop.settings import settings

SIGN_EVERY_S = 60.0

log = structlog.get_logger(__name__)


async def _main() -> None:
    config = settings()
    logs.configure(config.log_level)
    services = await build(config)
    context = await build_context(services)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(context),
            host=config.api_host,
            port=config.api_port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            # Streams of events never end by themselves.
            timeout_graceful_shutdown=2,
        )
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _leave, server)
    collector.spare()
    signing = asyncio.create_task(_sign_for_ever(services))
    try:
        # Signals are ours: uvicorn raises them once more at its end, and nothing would be closed.
        await server._serve()  # noqa: SLF001
    finally:
        signing.cancel()
        await context.web.aclose()
        await services.close()


def _leave(server: uvicorn.Server) -> None:
    """End after the requests under way; told twice, at once."""
    server.force_exit = server.should_exit
    server.should_exit = True


async def _sign_for_ever(services: Services) -> None:
    """Sign the heads of the audit chains every minute."""
    path = services.settings.state_dir / CHECKPOINTS
    auditor = Auditor(services.db, services.keys, services.clock, path)
    while True:
        try:
            await auditor.checkpoint()
        except (SQLAlchemyError, OSError) as away:
            log.warning("audit.not_signed", error=type(away).__name__)
        await asyncio.sleep(SIGN_EVERY_S)


if __name__ == "__main__":
    asyncio.run(_main())
