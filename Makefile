# make is a convenience: the README spells the same jobs out in plain pip.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := benchmarks/.peers
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --constraint constraints.txt

.PHONY: site serve check test lint audit conformance quality fuzz bench clean

site: $(VENV)/.site ## Build content/ into site/
	@$(BIN)/python build.py

serve: $(VENV)/.site ## Show the site in a browser while it is written
	@$(BIN)/python build.py serve --open

check: $(VENV)/.check ## Audit the content: does each question find its answer?
	@$(BIN)/python build.py check

test: $(VENV)/.test ## Run the tests
	@$(BIN)/python -m pytest

lint: $(VENV)/.lint ## Check style and types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

# --strict: what could not be asked about is a failure too.
audit: $(VENV)/.audit ## Ask PyPI whether a weakness is known of a package that is pinned
	@$(BIN)/pip-audit --strict --no-deps --disable-pip --requirement constraints.txt

conformance: $(VENV)/.test ## Check every page by the Nu checker and schema.org (Java, npm)
	@$(BIN)/python -m tools.conformance

quality: conformance ## The same, and what Lighthouse gives the pages
	@$(BIN)/python -m tools.lighthouse

fuzz: $(VENV)/.test ## Try thousands of odd texts, files, queries and requests for each property
	@$(BIN)/python -m pytest -m "hypothesis and not browser" --hypothesis-profile=fuzz

bench: $(VENV)/.test $(PEERS)/.installed ## Measure builds and searches beside others, in a short form
	@echo "This takes about five minutes; docs/performance.md has the long form."
	@$(BIN)/python -m benchmarks.build_time
	@$(BIN)/python -m benchmarks.browser_cost
	@$(BIN)/python -m benchmarks.serve_time

clean: ## Remove what was built and installed
	rm -rf site .site.* $(VENV) $(PEERS) benchmarks/node_modules

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

# One stamp for each set of packages; a changed pin installs again.
$(VENV)/.site: EXTRAS :=
$(VENV)/.check: EXTRAS := [check]
$(VENV)/.test: EXTRAS := [test]
$(VENV)/.lint: EXTRAS := [test,lint]
$(VENV)/.audit: EXTRAS := [audit]
$(VENV)/.site $(VENV)/.check $(VENV)/.test $(VENV)/.lint $(VENV)/.audit: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing what it needs into $(VENV)"
	@$(PIP) --editable ".$(EXTRAS)"
	@touch $@

$(PEERS)/.installed: $(VENV)/.test benchmarks/requirements.txt benchmarks/package.json
	@echo "Installing what is measured beside it into $(PEERS)"
	@$(BIN)/python -m benchmarks.generators
	@touch $@
