# Thông Suốt. Everything needs only make and python3 ≥ 3.11 with venv; `make` alone lists the targets.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
PYTEST_ARGS ?=
BENCH_ARGS ?=

UV_VERSION := 0.13.9
TOOLS := .tools
UV := $(TOOLS)/bin/uv
UV_READY := $(TOOLS)/.uv-$(UV_VERSION)
PY := .venv/bin/python
MAKEFLAGS += --no-print-directory
export UV_CACHE_DIR ?= $(CURDIR)/$(TOOLS)/cache
export UV_PYTHON_DOWNLOADS := never
# Compiled once and kept, also where the surroundings forbid it: a run begins fifty interpreters.
unexport PYTHONDONTWRITEBYTECODE
export UV_PROJECT_ENVIRONMENT := .venv
# Commands that build or check files and never serve: the real key is no business of theirs.
BUILD := SECRET_KEY=build DATABASE_URL=sqlite:///:memory:

DEMO_HOME := $(CURDIR)/var/demo
DEMO := DEMO=true DEBUG=false BEHIND_PROXY=false ALLOWED_HOSTS=localhost,127.0.0.1 SITE_URL=http://127.0.0.1:$(PORT) \
	DATABASE_URL="sqlite:///$(DEMO_HOME)/thongsuot.sqlite3" MEDIA_ROOT="$(DEMO_HOME)/media" \
	STATIC_ROOT="$(DEMO_HOME)/static" EMAIL_URL=consolemail:// LOG_LEVEL=WARNING

PYTEST := TESTS_COMPLETE=$(if $(PYTEST_ARGS),false,true) $(PY) -m pytest
CLUSTER := $(PY) -m tests.rig.cluster
# With a selection a part may have nothing to run; without one, nothing to run is a failure.
MAY_BE_EMPTY := $(if $(PYTEST_ARGS),|| test $$? -eq 5)
# `make test-long` is `make test` at the full counts.
LONG ?= not long

.PHONY: help setup demo test test-sqlite test-postgres test-browser test-long check bench screenshots messages clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: .venv/.runtime .venv/.catalogues ## the environment, in .venv/

demo: setup $(DEMO_HOME)/secret-key ## the portal with its demo world on http://127.0.0.1:PORT
	@export $(DEMO) SECRET_KEY="$$(cat "$(DEMO_HOME)/secret-key")"; \
		$(PY) manage.py prepare_demo --port $(PORT) && \
		exec $(PY) -m gunicorn portal.wsgi --workers 2 --threads 4 --timeout 120 --bind 127.0.0.1:$(PORT) --log-level warning

test: test-sqlite test-postgres test-browser ## everything: SQLite, PostgreSQL, Chromium

test-sqlite: .venv/.dev .venv/.catalogues
	$(PYTEST) -n $(JOBS) --dist worksteal -m "not browser and not postgres and ($(LONG))" $(PYTEST_ARGS) $(MAY_BE_EMPTY)

test-postgres: .venv/.dev .venv/.catalogues
	$(CLUSTER) -- env $(PYTEST) -n $(JOBS) --dist worksteal -m "not browser and ($(LONG))" $(PYTEST_ARGS) $(MAY_BE_EMPTY)

test-browser: .venv/.dev .venv/.catalogues
	$(PY) -m tests.rig.chromium
	$(PYTEST) -n $(JOBS) --dist worksteal -m "browser and ($(LONG))" $(or $(PYTEST_ARGS),tests/browser) $(MAY_BE_EMPTY)

test-long: ## the same at the full counts
	$(MAKE) .venv/.dev && $(PY) -m tests.rig.readers
	$(MAKE) test LONG="long or not long" HYPOTHESIS_PROFILE=long

check: .venv/.dev .venv/.catalogues ## format, lint, types, contracts, templates, migrations, translations
	@$(PY) -m tests.rig.gates

bench: .venv/.dev .venv/.catalogues ## the benchmark on a PostgreSQL of its own
	@SECRET_KEY=bench $(CLUSTER) --durable -- $(PY) manage.py bench $(BENCH_ARGS)

screenshots: .venv/.dev .venv/.catalogues ## the pictures of the README
	$(PY) -m tests.rig.chromium
	SCREENSHOTS=tests/browser/pictures $(PY) -m pytest -m browser tests/browser/test_screenshots.py

messages: .venv/.dev ## collect what is to be translated, compile what is
	@$(BUILD) $(PY) manage.py messages collect
	@$(BUILD) $(PY) manage.py messages compile

clean: ## remove the environment and the demo world
	rm -rf .venv $(TOOLS) var/demo

# --- Steps, each done once ----------------------------------------------------------------------

$(UV_READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Thông Suốt needs Python 3.11 or newer; $$($(PYTHON) --version 2>&1) was found. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo "Python's venv module is missing. Provide it with: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/.runtime: uv.lock pyproject.toml | $(UV_READY)
	$(UV) sync --quiet --frozen --no-dev --inexact --python $(TOOLS)/bin/python
	@touch $@

.venv/.dev: uv.lock pyproject.toml | $(UV_READY)
	$(UV) sync --quiet --frozen --python $(TOOLS)/bin/python
	@touch .venv/.runtime $@

.venv/.catalogues: $(wildcard locale/*/LC_MESSAGES/*.po) | .venv/.runtime
	@$(BUILD) $(PY) manage.py messages compile
	@touch $@

$(DEMO_HOME)/secret-key:
	@mkdir -p "$(DEMO_HOME)"
	@umask 077; $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > "$@"
