# Each target does its own set-up on a fresh machine: it makes .venv from the hashed pins and does only what has changed.
# Python keeps what it compiled: without that the room opens four seconds later.
MAKEFLAGS += --no-print-directory
unexport PYTHONDONTWRITEBYTECODE
# What runs here is what lies here, wherever else the caller keeps Python code.
unexport PYTHONPATH
.DEFAULT_GOAL := help
.PHONY: help run test check bench messages format pins picture clean

help:
	@echo "make run       open the demo room on http://localhost:8000 (PORT=8080 changes it); Ctrl-C closes it"
	@echo "make check     the quick part of the tests: format, lint, types, imports, translations, migrations"
	@echo "make test      everything: the quick part, all tests on SQLite and PostgreSQL, browser journeys"
	@echo "make bench     measure requests per second at 1,000, 10,000 and 100,000 events"
	@echo "make messages  gather the texts to translate into each room's .po files"
	@echo "make format    put the code in its usual shape"
	@echo "make pins      choose the newest versions that pyproject.toml allows, with their hashes"
	@echo "make picture   take the README's picture anew, of the demo room as it is"
	@echo "make clean     remove what the other targets made, the demo's data too"

run: export DIGIRUM_STARTED := $(shell date +%s.%N)
run:
	@scripts/setup run
	@exec .venv/bin/digirum open

check:
	@scripts/setup test
	@scripts/tools check
	@exec .venv/bin/python -m tests.gate check

test:
	@scripts/setup test
	@scripts/tools test
	@exec .venv/bin/python -m tests.gate test

bench:
	@scripts/setup test
	@scripts/tools bench
	@exec scripts/bench

picture:
	@scripts/setup test
	@scripts/tools test
	@exec .venv/bin/python -m tests.picture

messages:
	@scripts/setup test
	@scripts/tools check
	@exec .venv/bin/python scripts/translations.py update

format:
	@scripts/setup test
	@.venv/bin/ruff check --fix --quiet || true
	@.venv/bin/ruff format

pins:
	@scripts/setup run
	@exec scripts/pins

clean:
	rm -rf .venv .tools var .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .schemathesis
	find digirum tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find digirum -name '*.mo' -delete
