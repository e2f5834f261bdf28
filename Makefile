# Two commands do everything on a fresh machine: `make demo` and `make test`. See README.md.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
PY := .venv/bin/python
UV := $(or $(shell command -v uv),.tools/bin/uv)
export UV_LINK_MODE := copy
export PYTHONUNBUFFERED := 1

MIGRATIONS := $(wildcard */migrations/*.py site/*/migrations/*.py)
PACKAGES := $(shell find courses/packages site/portal/demo/course -type f ! -name '*.pyc' 2>/dev/null)
STATIC := $(shell find site/static -type f 2>/dev/null)
CATALOGUES := $(wildcard locales/*/LC_MESSAGES/*.po)
DEMO_ENV := DJANGO_SETTINGS_MODULE=portal.settings.dev DEBUG=false DEMO=true SITE_URL=http://localhost:$(PORT)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

# --- the environment --------------------------------------------------------------------------
.tools/bin/uv:
	@echo "Fetching uv into .tools (only this folder is touched)"
	python3 -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv

.venv/installed: requirements.lock pyproject.toml .python-version
	@test -x "$(UV)" || $(MAKE) --no-print-directory .tools/bin/uv
	$(UV) venv --quiet --allow-existing .venv
	$(UV) pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	$(UV) pip install --quiet --no-deps --editable .
	@touch $@

.venv/catalogues: .venv/installed $(CATALOGUES)
	@$(PY) -m babel.messages.frontend --quiet compile --domain django --directory locales
	@touch $@

.PHONY: setup
setup: .venv/installed .venv/catalogues ## make the environment and compile the catalogues

.PHONY: messages
messages: .venv/installed ## bring the catalogues in step with the code (needs gettext)
	$(PY) manage.py makemessages $(foreach l,en es pt fr ar bn,-l $(l)) --no-wrap --add-location file --no-obsolete \
		$(foreach d,.venv .tools var tests benchmarks,--ignore $(d))
	for l in en es pt fr ar bn; do f=locales/$$l/LC_MESSAGES/django.po; \
		sed -i '/^"POT-Creation-Date/d' $$f; done
	msgen --no-wrap -o locales/en/LC_MESSAGES/django.po locales/en/LC_MESSAGES/django.po

.PHONY: lock
lock: ## pin the dependencies again, with hashes
	@test -x "$(UV)" || $(MAKE) --no-print-directory .tools/bin/uv
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --group dev pyproject.toml -o requirements.lock

# --- the demo ---------------------------------------------------------------------------------
var/static/done: .venv/installed .venv/catalogues $(STATIC)
	@echo "Collecting static files"
	@$(DEMO_ENV) $(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@

var/loaded: .venv/installed .venv/catalogues $(MIGRATIONS) $(PACKAGES)
	@mkdir -p var
	@echo "Migrating the embedded database and loading both courses and the demo people"
	@$(DEMO_ENV) $(PY) manage.py migrate --verbosity 0
	@$(DEMO_ENV) $(PY) manage.py load_demo
	@touch $@

.PHONY: demo
demo: var/static/done var/loaded ## set up and serve the full product on http://localhost:8000 (PORT= for another)
	@sed 's/@PORT@/$(PORT)/g' var/signins.txt
	@export $(DEMO_ENV) TASK_WORKER=true; \
	{ sleep 8; exec nice -n 10 $(PY) manage.py demo_worker $$$$; } & \
	exec .venv/bin/granian --interface wsgi --host 0.0.0.0 --port $(PORT) --workers 2 \
		--blocking-threads 2 --no-ws --log-level warning portal.wsgi:application

.PHONY: reset
reset: ## throw the demo's data away
	rm -rf var

# --- the checks -------------------------------------------------------------------------------
.PHONY: system
system: ## bring what the tests need from the system's package manager, where that is possible
	@bash tests/system.sh

.PHONY: lint
lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-logo
	.venv/bin/mypy

.PHONY: checks
checks: setup
	@mkdir -p var
	DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) manage.py check
	DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) manage.py check_content \
		courses/packages/trafficking-smuggling courses/packages/judging-without-bias
	$(PY) -m pytest -q tests/catalogues

.PHONY: test
test: setup system ## everything: lint, types, floors, migrations, catalogues, all tests
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target lint checks
	bash tests/run.sh
