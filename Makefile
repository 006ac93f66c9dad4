# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: help setup demo test check soak fix messages lock

help: ## what you can do here
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/dev.stamp ## install everything into .venv, start nothing

demo: $(VENV)/run.stamp ## start the demo world on http://localhost:8000 (PORT overrides)
	@exec $(BIN)/huisartsplek demo --port $(PORT)

test: $(VENV)/dev.stamp ## install and run all tests
	@scripts/test

check: $(VENV)/dev.stamp ## what CI runs: lint, types, architecture, tests, drift
	@scripts/check

soak: $(VENV)/dev.stamp ## the heavy counts; PC4=FILE adds the real postcode table
	@scripts/soak $(PC4)

fix: $(VENV)/dev.stamp ## mend what tools can mend
	$(BIN)/ruff check --fix src tests benchmarks
	$(BIN)/ruff format src tests benchmarks

messages: $(VENV)/dev.stamp ## collect the texts to translate and compile the translations
	@scripts/messages

lock: ## compile the hashed requirement files from pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra build pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --all-extras pyproject.toml -c requirements/run.txt -o requirements/dev.txt

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@PYTHON=$(PYTHON) scripts/install run

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml
	@PYTHON=$(PYTHON) scripts/install dev
