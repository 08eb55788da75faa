# The commands of Ethics Forum. Everything below also runs by hand; GNU make only.

PYTHON ?= python3
VENV ?= .venv
export VENV

PY := $(VENV)/bin/python
BOOTSTRAP := $(PYTHON) ethicsforum/local/bootstrap.py
PYTEST := $(PY) -m pytest
ARGS ?=

# Prefix of a shell line: a DATA_DIR of its own, gone afterwards, and none of the
# settings of a forum that runs on this machine.
APART := data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && trap 'exit 130' INT TERM \
	&& unset DATABASE_URL REDIS_URL EMAIL_URL CLASSIFIER_URL DJANGO_DEBUG HOST PORT \
	DATABASE_URL_FILE REDIS_URL_FILE EMAIL_URL_FILE SECRET_KEY_FILE \
	&& export DATA_DIR="$$data" &&

# What `manage.py check --deploy` is to judge: a site as an operator runs it.
DEPLOYED = DJANGO_DEBUG=0 TRUSTED_PROXIES=1 ALLOWED_HOSTS=forum.example.org \
	SITE_URL=https://forum.example.org EMAIL_URL=smtp+tls://user:password@mail:587 \
	SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')"

.DEFAULT_GOAL := help
.PHONY: help run test test-postgres test-browser bench faults lint audit ci lock

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start the forum with all its processes: HOST, PORT, DATA_DIR
	@$(BOOTSTRAP) run
	@exec $(PY) -m ethicsforum.local --under-make

test: ## run the tests on SQLite (ARGS="tests/local -k port" narrows them)
	@$(BOOTSTRAP) test
	@$(APART) $(PYTEST) -n 2 --dist loadfile --ignore=tests/html --ignore=tests/browser $(ARGS)

test-postgres: ## run the tests on PostgreSQL: TEST_DATABASE_URL, or a private server
	@$(BOOTSTRAP) dev
	@$(APART) $(PY) -m tests.with_postgres \
		$(PYTEST) -n 2 --dist loadfile --ignore=tests/html --ignore=tests/browser --ignore=tests/local $(ARGS)

test-browser: ## check every page: valid HTML, and in Chromium
	@$(BOOTSTRAP) dev
	@$(APART) $(PYTEST) tests/html tests/browser -p no:xdist $(ARGS)

bench: ## what reading, writing and moderating cost, beside nginx (ARGS="--quick")
	@$(BOOTSTRAP) dev
	@$(APART) $(PY) -m bench $(ARGS)

faults: ## break everything that can break; nothing is lost (ARGS="--database postgresql")
	@$(BOOTSTRAP) dev
	@$(APART) $(PY) -m faults $(ARGS)

lint: ## formatting, lint, types, templates, import rules, missing migrations
	@$(BOOTSTRAP) dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	@echo $(PY) -m mypy . && $(APART) $(PY) -m mypy .
	find templates */templates -name '*.html' -print0 | xargs -0 $(VENV)/bin/djade --check
	$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	@echo manage.py makemigrations --check && $(APART) \
		$(PY) manage.py makemigrations --check --dry-run
	@echo manage.py check --deploy && $(APART) \
		$(DEPLOYED) $(PY) manage.py check --deploy --fail-level WARNING

audit: ## look for known holes in what is locked; says SKIPPED where no feed answers
	@$(BOOTSTRAP) dev
	@$(PY) -m ethicsforum.local.audit requirements/run.txt requirements/dev.txt

ci: lint audit test test-postgres test-browser ## everything that .ci/run runs

lock: ## resolve requirements/*.in anew (ARGS=--upgrade takes newer versions)
	@$(BOOTSTRAP) dev
	$(LOCK) requirements/dev.in --output-file requirements/dev.txt $(ARGS)
	$(LOCK) requirements/test.in --output-file requirements/test.txt -c requirements/dev.txt
	$(LOCK) requirements/run.in --output-file requirements/run.txt -c requirements/dev.txt

LOCK = $(PY) -m uv pip compile --quiet --universal --generate-hashes \
	--python-version 3.11 --custom-compile-command "make lock"
