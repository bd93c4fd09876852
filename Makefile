# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Needs git, make and Python 3.11 or newer. Everything else is installed in .venv and .build.
# PYTHON=... sets the interpreter, PYTHON313=... the one for the second pass of `make test`.

PYTHON ?= python3
PYTHON313 ?=
PORT ?= 4566
STAY ?= $(WORKFORCE_DEMO_STAY)

CHECK = PYTHON313="$(PYTHON313)" "$(PYTHON)" -m tests.tools.check
# Runs a command of the environment with the checks' own variables.
WITHIN = "$(PYTHON)" -m tests.tools.within

STAGES = lint sanity importer unit modules role integration

.DEFAULT_GOAL := help

# Several stages at once (`make lint unit`) become one run with one summary.
WANTED_STAGES = $(filter $(STAGES),$(MAKECMDGOALS))

.PHONY: help setup test test-long $(STAGES) sandbox demo bench docs constraints format clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install the environment and build the collection's tree
	@$(CHECK) setup

test: ## all stages below, then unit tests and a journey on Python 3.13
	@$(CHECK) test

lint: ## ruff, mypy, ansible-lint, antsibull-docs, antsibull-changelog
sanity: ## ansible-test sanity, all tests (pylint: of what is shipped)
importer: ## build the collection and check it with galaxy-importer
unit: ## unit tests, and the tests of the sandbox
modules: ## tests of the modules, by real playbook runs
role: ## tests of the role, the playbooks and the journeys
integration: ## modules and role in one run, as in `make test`

$(STAGES):
	@if [ "$@" = "$(firstword $(WANTED_STAGES))" ]; then $(CHECK) $(WANTED_STAGES); fi

test-long: ## the tests that take minutes
	@$(CHECK) long

sandbox: setup ## run a practice AWS account on 127.0.0.1:$(PORT)
	@$(WITHIN) python tests/sandbox --port $(PORT) --mail --exports

demo: ## run a company of 60 on a sandbox, with a first day; STAY=1 keeps its pages open
	@PYTHON="$(PYTHON)" WORKFORCE_DEMO_STAY="$(STAY)" sh tests/tools/demo.sh

bench: setup ## measure beside amazon.aws and boto3, and write the guide's charts and tables
	@$(WITHIN) python -m tests.bench

docs: setup ## build the documentation site in .build; a warning is an error
	@$(WITHIN) sh tests/tools/docs.sh

format: setup ## format the Python files with ruff
	@$(WITHIN) ruff check --fix --quiet
	@$(WITHIN) ruff format

constraints: setup ## write tests/constraints-<python>.txt from the installed packages
	@$(WITHIN) python -m tests.tools.constraints

clean: ## remove everything that the targets have made
	rm -rf .venv .build .ansible .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
