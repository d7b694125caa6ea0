# What can be done here: `make help`. Needs Python 3.11 or newer and make; everything else is set up on the way.
.DEFAULT_GOAL := help
.PHONY: help install demo serve test check cover bench torture audit mutants pins sbom docs clean
SHELL := /bin/sh

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
READY := .venv/ready

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(READY) ## the program and what its tests need, in .venv

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; say which with make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv || { echo "this Python cannot make a venv; on Debian: apt-get install python3-venv"; rm -rf .venv; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[web,oidc]' --group dev
	@touch $(READY)

demo: $(READY) ## the closed loop of one office, in seconds, in a database of its own
	$(BIN)/zg demo

serve: $(READY) ## the pages over that office: a link for each of six people
	$(BIN)/zg demo --serve

test: $(READY) ## all tests; PostgreSQL's too where a server can be had (ZG_TEST_PG, or a local installation)
	$(BIN)/python -m pytest

check: $(READY) ## style, types, and which room may import which
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

cover: $(READY) ## are all branches of the rules tested
	$(BIN)/python -m pytest tests/rules --quiet --cov=engine.rules --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

bench: $(READY) ## how fast it is, against hand-written code that writes the same rows
	$(BIN)/python -m bench

torture: $(READY) ## the long tests: many processes, kills in the middle, a hundred thousand tickets, lives that no test lived yet
	$(BIN)/python -m pytest -m torture
	$(BIN)/python -m pytest tests/rules/test_laws.py tests/rules/test_*_laws.py tests/rules/test_silence.py tests/registry/test_rebuild.py \
		tests/office/rounds/test_laws.py \
		--hypothesis-profile searching

audit: $(READY) ## known holes in what we depend on; needs a package index that answers about them
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.9'
	.venv/audit/bin/pip-audit --strict --requirement constraints.txt --no-deps --disable-pip

mutants: $(READY) ## breaks the rules and the desk in small ways and lists what no test notices (MUTANTS=FILES)
	$(PYTHON) -m venv .venv/mutants
	.venv/mutants/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	.venv/mutants/bin/python -m pip install --quiet --disable-pip-version-check --requirement constraints.txt --group mutants
	.venv/mutants/bin/python -m tests.mutants $(MUTANTS)

pins: ## the pinned version of every package and the hashes of its files, anew; needs a package index
	$(PYTHON) -m venv .venv/pins
	.venv/pins/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
	PATH="$$PWD/.venv/pins/bin:$$PATH" $(PYTHON) -m tests.pins

sbom: $(READY) ## what the program is made of (CycloneDX), in build/, for a release
	$(BIN)/python -m tests.sbom

docs: $(READY) ## the generated pages of docs/
	$(BIN)/python -m docs

clean: ## away with everything that was made here
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
