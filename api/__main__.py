"""The API process: `python -m api`."""

import asyncio

import uvicorn

from api.app import create_app
from api.build import build_context
from interloop import logs
from interloop.bootstrap import build
from interloop.settings import settings


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
    try:
        await server.serve()
    finally:
        await services.close()


if __name__ == "__main__":
    asyncio.run(_main())
