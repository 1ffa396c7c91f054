"""The compose file is true: its programs, settings, volumes and flags are those of the product."""

import asyncio
import json
import os
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from interloop.domain.ids import new_id
from interloop.settings import Settings
from interloop.supervisor.stack import PAUSABLE, SEARCH_ATTRIBUTES, temporal_binary

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}

SCHEMA = json.loads((ROOT / "tests" / "support" / "compose.schema.json").read_text())
ONCE = {"database", "temporal-schema", "temporal-namespace"}


def test_the_file_is_what_compose_knows() -> None:
    jsonschema_rs.validate(SCHEMA, COMPOSE)


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_waits_for_comes(name: str) -> None:
    service = SERVICES[name]
    for needed, how in service.get("depends_on", {}).items():
        assert (how["condition"] != "service_healthy") or "healthcheck" in SERVICES[needed]
        done = how["condition"] == "service_completed_successfully"
        assert done is (needed in ONCE)
    for volume in service.get("volumes", []):
        source = volume.partition(":")[0]
        assert source in COMPOSE["volumes"] or (ROOT / source).is_file()


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_starts_a_program_that_is_there(name: str) -> None:
    module = ROOT.joinpath(*OURS[name]["command"][0].split("."))
    assert (module / "__main__.py").is_file() or module.with_suffix(".py").is_file()


def test_every_setting_is_one_the_product_reads() -> None:
    told = {name for service in OURS.values() for name in service.get("environment", {})}
    known = {f"INTERLOOP_{field.upper()}" for field in Settings.model_fields}
    assert told
    assert told <= known


def test_every_process_of_a_local_run_is_there() -> None:
    local = {"sandbox", "temporal", "database", "worker", "api", "gateway-1", "gateway-2"}
    more = {"postgres", "temporal-schema", "temporal-namespace", "temporal-web", "mail", "turn"}
    assert local | more == set(SERVICES)


def test_nothing_is_published_beyond_this_machine() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_relays_check_the_credentials_that_we_give() -> None:
    relay = SERVICES["turn"]["command"]
    assert "--use-auth-secret" in relay
    assert "--static-auth-secret=${TURN_SECRET:?}" in relay
    told = SERVICES["api"]["environment"]
    assert told["INTERLOOP_TURN_SECRET"] == "${TURN_SECRET:?}"
    for url in json.loads(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", told["INTERLOOP_TURN_URLS"])):
        assert url.startswith("turn:127.0.0.1:3478?transport=")


async def test_the_namespace_job_makes_all_that_journeys_need_and_may_run_again(
    temporal: WorkflowEnvironment,
) -> None:
    address, name = temporal.client.service_client.config.target_host, f"made-{new_id()}"
    path = f"{Path(temporal_binary()).parent}{os.pathsep}{os.environ['PATH']}"
    env = {"PATH": path, "TEMPORAL_ADDRESS": address, "TEMPORAL_NAMESPACE": name}
    for _ in range(2):
        job = await asyncio.create_subprocess_exec(
            "sh", str(ROOT / "deploy" / "temporal" / "namespace.sh"), env=env
        )
        assert await job.wait() == 0
    client = await Client.connect(address, namespace=name)
    made = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=name)
    )
    kinds = {
        "Keyword": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
        "Datetime": IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
    }
    wanted = {key: kinds[kind] for key, kind in SEARCH_ATTRIBUTES.items()}
    assert dict(made.custom_attributes) == wanted
    told = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=name)
    )
    assert told.config.workflow_execution_retention_ttl.ToTimedelta() == timedelta(days=30)


def test_journeys_can_be_paused_as_on_a_local_run() -> None:
    told = yaml.safe_load((ROOT / "deploy" / "temporal" / "dynamic.yaml").read_text())
    name, value = PAUSABLE.split("=")
    assert told == {name: [{"value": value == "true"}]}


def test_both_jobs_are_scripts_that_a_plain_shell_reads() -> None:
    for name in ("temporal/schema.sh", "temporal/namespace.sh", "postgres/roles.sh"):
        subprocess.run(["sh", "-n", str(ROOT / "deploy" / name)], check=True)


def test_what_the_image_copies_is_there() -> None:
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    copied = [re.sub(r"COPY ", "", line).split()[:-1] for line in lines if line.startswith("COPY ")]
    sources = [s for words in copied if not words[0].startswith("--") for s in words]
    assert sources
    assert all((ROOT / source).exists() for source in sources)


def test_no_password_stands_in_the_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert all("${" in line for line in text.splitlines() if re.search(r"PASSWORD: |:\S+@", line))
