# The README has the same without make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := benchmarks/.peers
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --constraint constraints.txt

.PHONY: site serve check test lint audit conformance quality fuzz bench clean

site: $(VENV)/.site ## Build content/ into site/
	@$(BIN)/python build.py

serve: $(VENV)/.site ## Show the site in a browser while you write
	@$(BIN)/python build.py serve --open

check: $(VENV)/.check ## Check the content, and that the search finds every answer
	@$(BIN)/python build.py check

test: $(VENV)/.test ## Run the tests
	@$(BIN)/python -m pytest

lint: $(VENV)/.lint ## Check style and types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

# --strict: a package that cannot be checked is a failure.
audit: $(VENV)/.audit ## Look for known vulnerabilities in the pinned packages
	@$(BIN)/pip-audit --strict --no-deps --disable-pip --requirement constraints.txt

conformance: $(VENV)/.test ## Check every page with the Nu checker and schema.org (needs Java and npm)
	@$(BIN)/python -m tools.conformance

quality: conformance ## The same, and Lighthouse
	@$(BIN)/python -m tools.lighthouse

fuzz: $(VENV)/.test ## Test each property with thousands of random inputs
	@$(BIN)/python -m pytest -m "hypothesis and not browser" --hypothesis-profile=fuzz

bench: $(VENV)/.test $(PEERS)/.installed ## Measure builds, page loads and saves
	@echo "This takes about five minutes. For longer measurements, see docs/performance.md."
	@$(BIN)/python -m benchmarks.build_time
	@$(BIN)/python -m benchmarks.browser_cost
	@$(BIN)/python -m benchmarks.serve_time

clean: ## Remove everything that was built and installed
	rm -rf site .site.* $(VENV) $(PEERS) benchmarks/node_modules

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; choose one: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

# One stamp file per set of packages; a changed pin installs them again.
$(VENV)/.site: EXTRAS :=
$(VENV)/.check: EXTRAS := [check]
$(VENV)/.test: EXTRAS := [test]
$(VENV)/.lint: EXTRAS := [test,lint]
$(VENV)/.audit: EXTRAS := [audit]
$(VENV)/.site $(VENV)/.check $(VENV)/.test $(VENV)/.lint $(VENV)/.audit: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing packages into $(VENV)"
	@$(PIP) --editable ".$(EXTRAS)"
	@touch $@

$(PEERS)/.installed: $(VENV)/.test benchmarks/requirements.txt benchmarks/package.json
	@echo "Installing other generators into $(PEERS)"
	@$(BIN)/python -m benchmarks.generators
	@touch $@
