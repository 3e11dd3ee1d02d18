# tutoriallab: `make up` starts a cluster and a lab, `make test` runs all tests; `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m tutoriallab
NAME ?= tutoriallab
PYTEST ?= $(BIN)/pytest
# Three workers, each with a cluster of its own; what stays together, and in which order, says tests/conftest.py.
SIDE_BY_SIDE ?= --numprocesses 3 --dist loadfile --no-loadscope-reorder

.PHONY: up down node-image operator-image doctor test unit integration prove-all mistakes corpus check generate lock format bench cast clean help

up: $(VENV)/.runtime  ## Start a cluster, the operator and the first lab; run again, it goes on where it was
	@$(RUN) up --name $(NAME) $(if $(OFFLINE),--offline $(OFFLINE)) $(if $(IN_CLUSTER),--in-cluster)

down: $(VENV)/.runtime  ## Stop all that `make up` started and put the kubeconfig back
	@$(RUN) down --name $(NAME)

node-image: $(VENV)/.runtime  ## Build the node image for kind clusters without a registry (Debian packages, Go modules)
	@PYTHONPATH=hack $(BIN)/python -m node_image $(NODE_IMAGE_OPTIONS)

operator-image: $(VENV)/.runtime  ## Build the operator's image without a registry (Debian packages, Python packages)
	@PYTHONPATH=hack $(BIN)/python -m operator_image $(OPERATOR_IMAGE_OPTIONS)

doctor: $(VENV)/.runtime  ## Say what would be used and what is missing
	@$(RUN) doctor

test: $(VENV)/.dev  ## Run all tests, with real control planes
	@$(RUN) programs
	@$(RUN) programs helm
	$(PYTEST) tests $(SIDE_BY_SIDE)

unit: $(VENV)/.dev  ## Run the tests that need no cluster
	$(PYTEST) tests/unit

prove-all: $(VENV)/.runtime  ## Prove all labs on the current context (or CONTEXT=…) in random order, and write down when
	$(RUN) prove --shuffle --record docs/catalogue/proofs.json $(if $(CONTEXT),--context $(CONTEXT))

mistakes: $(VENV)/.runtime  ## Make readers' mistakes by hand on the current context (kind), and write down what is said
	PYTHONPATH=hack $(BIN)/python -m mistakes $(MISTAKES)

corpus: $(VENV)/.dev  ## Make the corpus of diagnosis on the current context (or CONTEXT=…): docs/diagnosis.md
	PYTHONPATH=hack:tests $(BIN)/python -m corpus_maker $(if $(CONTEXT),--context $(CONTEXT)) $(SITUATIONS)

check: $(VENV)/.dev  ## Lint, types, layers, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python hack/generate.py --check
	$(BIN)/python -m tutoriallab lint labs

generate: $(VENV)/.dev  ## Make the generated files again
	$(BIN)/python hack/generate.py

lock: $(VENV)/.dev  ## Pin the newest versions that pyproject.toml allows
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra build --extra dev pyproject.toml -o requirements-dev.lock

format: $(VENV)/.dev  ## Format and sort the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev  ## Measure speed and memory on a cluster of its own; prints tables, writes build/bench.json
	$(BIN)/python -m tests.bench.run

cast: $(VENV)/.dev  ## Record docs/first-session.cast and its picture anew, on an embedded cluster of its own
	$(BIN)/python hack/cast.py

clean:  ## Remove what was made here (the cache of programs stays: see `make doctor`)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# The stamp is written last: an interrupted install is begun anew.
$(VENV)/.runtime: requirements.lock pyproject.toml
	@echo "Installing Python packages from requirements.lock into $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit("tutoriallab needs Python 3.11 or newer, this is " + sys.version.split()[0] + ": make up PYTHON=/path/to/python3.11") if sys.version_info < (3, 11) else 0'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing development tools from requirements-dev.lock …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
