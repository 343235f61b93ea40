# The menu. `make` alone prints it; scripts/ holds what each line does.
PORT ?= 8000
ARGS ?=
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test check fix docs lock wheel

help:   ## this list
	@sed -n 's/^\([a-z]*\): .*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-8s %s\n' "$$name" "$$text"; done

setup:  ## .venv with everything in it, and the front-end assets
	@command -v $(PYTHON) >/dev/null || { echo "setup: $(PYTHON) is missing; Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) scripts/setup

demo: setup  ## fill the demo county and open it; PORT=8123 moves it
	@$(BIN)/gongjian demo --port $(PORT)

test: setup  ## every test on SQLite and on PostgreSQL; ARGS='-k extract' narrows it
	@$(BIN)/python scripts/test $(ARGS)

check: setup  ## format, lint, types, walls, migrations, tests of what was touched
	@$(BIN)/python scripts/check

fix: setup  ## let ruff put format and lint right
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

docs: setup  ## the generated pages of docs/ anew
	@for page in scripts/*_page.py scripts/*_pages.py; do [ ! -f $$page ] || $(BIN)/python $$page; done

lock: setup  ## the pinned requirements anew, from pyproject.toml
	@$(BIN)/python scripts/lock

wheel: setup  ## dist/gongjian-….whl, assets included
	@rm -rf dist && $(BIN)/python -m build --wheel --no-isolation --outdir dist . \
		&& ls dist
