# border: every verb a developer or a newcomer has. `make` alone lists them.
# Works with GNU make 3.81 and in a folder whose path has spaces: every path here is relative.

# What `make check` is made of; the longest first, because two run at a time.
CHECKS = types lint format imports templates migrations deployment

.PHONY: help demo test check ci bench psql stop lock vendor install tools rivals python $(CHECKS)

PY = .venv/bin/python
# Runs a command with the database up: the embedded one, unless DATABASE_URL names another.
UP = $(PY) -m border.embedded run --

# The first Python that is new enough; `make demo PYTHON=/path/to/python3` names another.
PYTHON = $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
FOUND = python='$(PYTHON)'; test -n "$$python" || { echo 'border needs Python 3.11 or newer and found none.' \
	'Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13.' \
	'If it lies elsewhere: make demo PYTHON=/path/to/python3' >&2; exit 1; }
INSTALL = $(FOUND); exec "$$python" -I border/install.py

help: # List the verbs
	@echo 'border: a database of who holds, crosses and contests the border between Bukamal and Qa'"'"'im.'
	@echo
	@sed -n 's/^\([a-z]*\):[^#]*# \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-8s %s\n", $$1, $$2 }'

demo: install # Serve the whole site with its own database: http://127.0.0.1:8000 (HOST=… PORT=…)
	@exec $(UP) $(PY) manage.py demo

# One worker more than there are cores, since each of them waits for the database, a browser or a clock at times.
test: tools # Run the tests (ARGS="tests/embedded -k crash")
	@cores=$$(getconf _NPROCESSORS_ONLN); exec $(UP) $(PY) -m pytest -n $$((cores < 5 ? cores + 1 : 6)) --dist worksteal $(ARGS)

check: tools # Lint, format, imports, types, templates, migrations, deployment: edits nothing
	@exec $(UP) $(MAKE) --no-print-directory --keep-going --jobs=2 $(CHECKS)

ci: check # What the continuous integration runs: check, then test
	@exec $(MAKE) --no-print-directory test

bench: rivals # Measure the speed that is promised, and write var/bench.json
	@exec $(UP) $(PY) manage.py bench $(ARGS)

psql: install # Open psql on the embedded database (ARGS="-c '\dt'")
	@exec $(PY) -m border.embedded psql -- $(ARGS)

stop: install # Stop the embedded database
	@exec $(PY) -m border.embedded stop

lock: tools # Pin requirements*.in with hashes into requirements*.txt
	$(PY) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements.in -o requirements.txt
	$(PY) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	$(PY) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements-bench.in -o requirements-bench.txt

vendor: # Build the browser pieces into border/static (needs Node.js; running border does not)
	cd frontend && npm ci && npm run build

install: # Make .venv with the packages that border needs
	@$(INSTALL) requirements.txt

tools: # Make .venv with the developers' tools too
	@$(INSTALL) requirements.txt requirements-dev.txt

# With what it is measured against.
rivals:
	@$(INSTALL) requirements.txt requirements-dev.txt requirements-bench.txt

# Whether there is a Python to begin with.
python:
	@$(FOUND)

types:
	@$(PY) -m mypy

lint:
	@$(PY) -m ruff check --quiet .

format:
	@$(PY) -m ruff format --check --quiet .

imports:
	@$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo

templates:
	@$(PY) -m djlint --quiet --lint border

migrations:
	@$(PY) manage.py makemigrations --check --dry-run

deployment:
	@HTTPS=1 $(PY) manage.py check --deploy --fail-level WARNING
