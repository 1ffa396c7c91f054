"""Ways to find out whether a process can be used: a page, a file, Temporal's own check."""

import asyncio
import ssl
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path

from google.protobuf.duration_pb2 import Duration
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

Ready = Callable[[], Awaitable[bool]]

RETENTION_DAYS = 30


def page(url: str, *, ca_file: Path | None = None) -> Ready:
    """Ready when the address answers 200; `ca_file`: the certificate of a private authority."""

    def ask() -> bool:
        try:
            trust = ssl.create_default_context(cafile=ca_file) if ca_file else None
            with urllib.request.urlopen(url, timeout=2, context=trust) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    async def ready() -> bool:
        return await asyncio.to_thread(ask)

    return ready


def file(path: Path) -> Ready:
    """Ready when the file is there."""

    async def ready() -> bool:
        return await asyncio.to_thread(path.exists)

    return ready


def temporal(address: str, namespace: str) -> Ready:
    """Ready when workflows of the namespace can be counted; also sets its retention.

    An open port is not enough: the server answers before its namespaces can be used. The
    development server keeps closed workflows for one day only, too short for REJECT_DUPLICATE
    to protect the id of a journey.
    """

    async def ready() -> bool:
        try:
            client = await Client.connect(address, namespace=namespace)
            await client.count_workflows("")
            await client.workflow_service.update_namespace(
                UpdateNamespaceRequest(
                    namespace=namespace,
                    config=NamespaceConfig(
                        workflow_execution_retention_ttl=Duration(seconds=RETENTION_DAYS * 86400)
                    ),
                )
            )
        except (RPCError, RuntimeError):
            return False
        return True

    return ready
