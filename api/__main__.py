"""The API process: `python -m api`."""

import asyncio

import structlog
import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from api.app import create_app
from api.build import build_context
from interloop import logs
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
    signing = asyncio.create_task(_sign_for_ever(services))
    try:
        await server.serve()
    finally:
        signing.cancel()
        await context.web.aclose()
        await services.close()


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
