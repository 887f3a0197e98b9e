# Everything runs in this checkout's own .venv; nothing needs activating.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test lint format quality bench clean docs reference screenshots

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(STAMP) ## set-up, then crawl the bundled newsroom into imbauan-demo.db
	@$(BIN)/imbauan demo

test: lint ## set-up, then linting, types, import rules and all tests
	$(BIN)/python -m pytest -q

lint: $(STAMP) ## ruff, mypy and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

reference: $(STAMP) ## write what is derived: docs/cli.md, the columns' meanings
	$(BIN)/python scripts/reference.py

docs: $(STAMP) ## the documentation as a site, in site/
	@$(BIN)/python -c "import material" 2>/dev/null || $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[docs]"
	$(BIN)/mkdocs build --strict -q

screenshots: $(STAMP) ## the pictures of the README (needs Chromium)
	$(BIN)/python scripts/screenshots.py

format: $(STAMP) ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

quality: $(STAMP) ## how right pages are read, by field and shape, over the saved pages
	@$(BIN)/python -P benchmarks/quality.py

bench: $(STAMP) ## speed and quality, as JSON
	@# As modules: run as a file, benchmarks/dedup.py would hide the package dedup.
	@set -e; for name in pairs crawl dedup; do $(BIN)/python -m "benchmarks.$$name"; done

clean: ## remove the .venv, caches and built files (databases stay)
	rm -rf $(VENV) build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Imbauan needs Python 3.11 or later, and '$(PYTHON)' was not found: install it, or name it with make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Imbauan needs Python 3.11 or later, and '$(PYTHON)' is $$($(PYTHON) -V 2>&1): name a newer one with make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make a virtual environment: install its venv package (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Imbauan into $(VENV) (once; a minute or two) ..." >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@
