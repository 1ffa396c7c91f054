# One word a command; `make help` lists them. The work is done by the programs in scripts/.
PYTHON ?= $(shell for p in python3 python3.11 python3.12; do \
          $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null \
          && echo $$p && exit; done; echo python3)
VENV   := .venv/bin
LOCK   := UV_PYTHON_DOWNLOADS=never .tools/bin/uv pip compile --universal --python-version 3.11 \
          --generate-hashes --no-header --no-annotate --quiet $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help up test check fmt types client lock notices demo chaos mutants clean schemathesis bench-gateway live bench-journeys

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

lock: .tools/bin/uv ## pin dependencies with hashes (UPGRADE=--upgrade for newer ones)
	$(LOCK) --extra voice --extra sandbox pyproject.toml -o requirements.lock
	$(LOCK) --all-extras --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(LOCK) requirements-node.in -o requirements-node.lock

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet uv

up: ## install what is missing, build, run everything; Ctrl-C stops it
	@$(PYTHON) -m scripts.up

check: ## everything known without running the product: style, types, contracts, drift
	@$(PYTHON) -m scripts.check

client: ## regenerate the typed client after a change of the API
	@$(VENV)/python -m scripts.client

fmt: ## format and fix what can be fixed
	$(VENV)/ruff check --fix --quiet . ; $(VENV)/ruff format --quiet .
	cd frontend && npx --no-install biome check --write .

types: ## both type checkers
	$(VENV)/mypy
	cd frontend && npx --no-install tsc --noEmit

test: ## get what the tests need, run all of them, end with one line
	@$(PYTHON) -m scripts.test

notices: ## write THIRD_PARTY.md anew, after `make lock`
	@$(VENV)/python -m scripts.notices

demo: ## one whole journey without a browser, against a running stack (RESUME=file.pdf)
	@$(VENV)/python -m interloop.cli demo $(if $(RESUME),--resume "$(RESUME)")

ROUNDS  ?= 10
MINUTES ?= 10
chaos: ## kill tests, failpoints, then a storm; print what they cost (ROUNDS=10 MINUTES=10)
	@$(PYTHON) -m scripts.chaos $(ROUNDS) $(MINUTES)

# One program a measure: each writes bench/results/<name>.json and ends with one line.
GATEWAY_BENCHES := echo recording_cost barge_in turn_taking outage weak_line soak \
                   finalise_memory

bench-gateway: ## measure the live call; each measure ends with one line
	@missed=0; for name in $(GATEWAY_BENCHES); do $(VENV)/python -m bench.$$name || missed=1; done; \
	exit $$missed

JOURNEY_BENCHES := journeys open_journeys history slot_race daylight templates erasing

bench-journeys: ## measure journeys on the workflow engine; each measure ends with one line
	@missed=0; for name in $(JOURNEY_BENCHES); do $(VENV)/python -m bench.$$name || missed=1; done; \
	exit $$missed

live: ## hold three minutes with the real live model, write a report (needs a key)
	@$(VENV)/python -m scripts.live

schemathesis: ## ask every operation of the API whatever its document allows, and what not
	@$(VENV)/python -m bench.schemathesis_run

mutants: ## seed defects one by one; each must turn its test red
	@$(VENV)/python -m scripts.mutants

clean: ## remove what was installed and built; the data in var/ stays
	rm -rf .venv .tools frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache
