"""The compose file is true: its programs, settings, volumes and flags are those of the product."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from interloop.settings import Settings
from interloop.supervisor.stack import SEARCH_ATTRIBUTES

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}

KEYS = frozenset(
    {"build", "image", "network_mode", "restart", "command", "entrypoint", "environment"}
    | {"volumes", "depends_on", "healthcheck"}
)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_made_of_what_compose_knows(name: str) -> None:
    service = SERVICES[name]
    assert set(service) <= KEYS
    assert ("image" in service) != ("build" in service)
    for needed, how in service.get("depends_on", {}).items():
        kinds = {"service_healthy", "service_completed_successfully", "service_started"}
        assert how["condition"] in kinds
        assert (how["condition"] != "service_healthy") or "healthcheck" in SERVICES[needed]
    for volume in service.get("volumes", []):
        source = volume.partition(":")[0]
        assert source in COMPOSE["volumes"] or (ROOT / source).is_file()


@pytest.mark.parametrize("name", sorted(set(OURS) - {"temporal"}))
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
    assert local | {"postgres"} == set(SERVICES)


def test_temporal_knows_our_search_attributes() -> None:
    flags = SERVICES["temporal"]["command"]
    told = dict(flag.split("=", 2)[1:] for flag in flags if flag.startswith("--search-attribute="))
    assert told == SEARCH_ATTRIBUTES


def test_what_the_image_copies_is_there() -> None:
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    copied = [re.sub(r"COPY ", "", line).split()[:-1] for line in lines if line.startswith("COPY ")]
    sources = [s for words in copied if not words[0].startswith("--") for s in words]
    assert sources
    assert all((ROOT / source).exists() for source in sources)


def test_no_password_stands_in_the_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert all("${" in line for line in text.splitlines() if re.search(r"PASSWORD: |:\S+@", line))
