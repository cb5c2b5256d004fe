# The commands of this repository; `make` alone lists them.

PYTHON ?= python3
# `make -C evergreen new DEST=../my-app` means a folder beside the caller, not beside the template.
# A make that another one runs has the flag w too, with a PWD that is not its caller's.
FLAGS := $(filter-out --%,$(firstword -$(MAKEFLAGS)))
MOVED := $(and $(filter 0,$(MAKELEVEL)),$(findstring w,$(FLAGS)))
export CALLER := $(if $(MOVED),$(PWD),$(CURDIR))

.DEFAULT_GOAL := help
.PHONY: help new test quick exhaustive fault attack mutation versions release picture clean

help: ## List these commands.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

new: ## Make an app and show its suite passing: make new DEST=../my-app [ANSWERS="--defaults"]
	@$(PYTHON) scripts/new.py

test: ## Do everything that CI does.
	@$(PYTHON) scripts/steps.py test

quick: ## Check the template in half a minute, while you work on it.
	@$(PYTHON) scripts/steps.py quick

exhaustive: ## Do what `make test` samples in full: every suite on every Python found.
	@$(PYTHON) scripts/steps.py exhaustive

fault: ## Try faults by name: make fault NAME="no owner check"; without a name, list them all.
	@$(PYTHON) scripts/fault.py

attack: ## Let schemathesis, bandit and pip-audit loose on projects.
	@$(PYTHON) scripts/steps.py attack

mutation: ## Change the services and models of a project, and list what its suite does not notice.
	@$(PYTHON) benchmarks/mutation.py

versions: ## Refresh the tested versions in constraints.txt.
	@$(PYTHON) scripts/versions.py

release: ## Check all that a release needs, do the exhaustive run, and tag it when it is green.
	@$(PYTHON) scripts/release.py

picture: ## Make the pictures of README.md again from a real run.
	@$(PYTHON) scripts/picture.py

clean: ## Remove the environments and caches.
	@rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache
