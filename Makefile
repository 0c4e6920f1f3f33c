PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r

.PHONY: run demo pictures test lint format types imports unit image-steps bench soak lock audit clean help

help:  ## what can be made here
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

# One environment; each stamp adds what its lock names. The dev lock holds everything.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock | $(BIN)/python
	$(PIP) requirements.lock
	@touch $@

$(VENV)/.demo: requirements-demo.lock | $(BIN)/python
	$(PIP) requirements-demo.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(BIN)/python
	$(PIP) requirements-dev.lock
	@touch $@ $(VENV)/.run $(VENV)/.demo

run: $(VENV)/.run  ## the bot, with the settings in .env
	$(BIN)/python -m bot

demo: $(VENV)/.demo  ## the bot without any account (ARGS=--once: one round, printed)
	$(BIN)/python -m demo $(ARGS)

pictures: $(VENV)/.dev  ## take the README's pictures anew, with Chromium
	$(BIN)/python -m demo.pictures

test: lint types imports unit  ## everything that a change must pass

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: $(VENV)/.dev  ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

# What tests write lives for a second: in memory, where there is plenty, nobody waits for a disk to have it for good.
SHM := $(shell df --output=avail -k /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 3000000 {print "/dev/shm"}')

unit: $(VENV)/.dev
	$(if $(SHM),TMPDIR=$(SHM)) $(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term --cov-fail-under=90 $(ARGS)
	$(BIN)/coverage report --include='bot/domain/*,bot/services/*' --fail-under=100

image-steps: $(VENV)/.dev  ## take the Dockerfile's steps and run what comes of them, without Docker
	$(BIN)/pytest --durations=3 tests/image/steps.py

bench: $(VENV)/.dev  ## measure the bot, holds, refused words and what several processes do, into docs/performance*.md
	$(BIN)/python -m benchmarks --output docs/performance.md
	$(BIN)/python -m benchmarks.holds --output docs/performance-holds.md
	$(BIN)/python -m benchmarks.words --output docs/performance-words.md
	$(BIN)/python -m benchmarks.scale --output docs/performance-scale.md

soak: $(VENV)/.dev  ## every fault and crash there is, then 10,000 jobs (JOBS=…, SEED=…) into docs/reliability.md
	SOAK=1 $(BIN)/pytest -n auto --no-cov tests/faults tests/crashes tests/adapters/storage/test_state_machine.py
	$(BIN)/python -m tests.faults.page --output docs/reliability.md
	$(BIN)/python -m tests.soak.queued --output docs/reliability.md
	$(BIN)/python -m tests.soak --output docs/reliability.md $(if $(JOBS),--jobs $(JOBS)) $(if $(SEED),--seed $(SEED))

lock: $(VENV)/.dev  ## pin the newest versions that pyproject.toml allows, with hashes
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --custom-compile-command 'make lock' --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --custom-compile-command 'make lock' --quiet -c requirements.lock --group demo -o requirements-demo.lock
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --custom-compile-command 'make lock' --quiet -c requirements-demo.lock --group dev -o requirements-dev.lock

audit: $(VENV)/.dev  ## look for known vulnerabilities in what the locks name, at pypi.org (ARGS=--dry-run: without asking)
	$(BIN)/pip-audit --require-hashes --disable-pip --progress-spinner off $(ARGS) -r requirements.lock
	$(BIN)/pip-audit --require-hashes --disable-pip --progress-spinner off $(ARGS) -r requirements-dev.lock

clean:  ## remove the environment and every cache
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage demo-output
