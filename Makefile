# The commands of this checkout. Python >= 3.11, make and git are all that a machine needs.
#
#   make run     from clone to a running hall with demo data at http://127.0.0.1:8000
#   make test    everything, on SQLite and PostgreSQL, in a real browser
#   make check   format, lint, types, floor plan, migrations, OpenAPI and docs up to date
#   make bench   the figures of docs/bench.md, written to bench.json     (QUICK=1: a short run)
#   make soak    the property and fault tests with large numbers
#   make plan    which clauses of the reform plan are proven by which tests
#   make fix     let ruff format and repair
#   make locks   make the lock files anew

SHELL := /bin/sh
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv/bin/python
.DEFAULT_GOAL := run
.PHONY: run install dev test check bench soak plan fix openapi locks python

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. \
	Please install it (Debian, Ubuntu, Kylin, UOS: apt-get install python3 python3-venv) and try again."; exit 1; }

install: python
	@$(PYTHON) -m tools.install run

dev: python
	@$(PYTHON) -m tools.install dev

run: install
	@exec .venv/bin/yichuang demo

test: dev
	@$(VENV) -m tools.test

check: dev
	@$(VENV) -m tools.check

bench: dev
	@$(VENV) -m tools.bench $(if $(QUICK),--quick)

soak: dev
	@$(VENV) -m tools.test --soak

plan: install
	@.venv/bin/yichuang plan

fix: dev
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

openapi: dev
	@$(VENV) -m tools.openapi

locks: dev
	@$(VENV) -m tools.locks
