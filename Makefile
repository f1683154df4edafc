# SPDX-License-Identifier: Apache-2.0
.DEFAULT_GOAL := help
.PHONY: help demo test check setup bench screenshots lock clean

help: ## Says what each command does
	@echo "Handiwork: records how work is really done, with safeguards a stranger can check, and trains agents from it."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup ## The whole way on a screen of its own: record, redact, upload, release, train, act (results: demo-out/)
	@.venv/bin/python -m handiwork.cli.demo

test: setup ## Makes the machine ready, then runs every gate
	@scripts/check

check: ## Every gate, without touching the machine: format, lint, types, imports, tests, recorder alone
	@scripts/check

setup: ## System packages and .venv, both checked and quickly skipped when they stand
	@scripts/setup

bench: setup ## make bench NAME=journal measures one thing against a peer or a physical limit; without NAME, lists them
	@.venv/bin/python -m bench $(NAME)

screenshots: setup ## Makes the README's pictures from demo-out/
	@.venv/bin/python -m scripts.screenshots

lock: ## Re-makes the lock files (UPGRADE=1 moves every pin to its newest release)
	@scripts/lock

clean: ## Removes what the commands above made, except demo-out/
	@rm -rf .venv .venv-lock .venv-build .venv-alone build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage htmlcov
