# The work on deskterm, from a fresh machine that has Python 3.11 or newer and make.
#
#   make demo     open the practice library          ARGS="--day 2024-05-15" passes options on
#   make test     run the tests                      ARGS="tests/rules -k cards" picks some
#   make check    lint, format, types and the walls between the rooms
#   make audit    ask for known weaknesses in the packages we use
#   make bench    measure the speed, from the smallest store to the largest
#   make load     put a store under load and break it, and print what came of it
#   make text     bring the catalogues of the screen texts up to date
#   make pictures draw the pictures of the README from the running program
#   make docs     write the generated tables of the README
#   make clean    throw away everything that was made here

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/ready-to-run
WORK := $(VENV)/ready-to-work

.PHONY: demo test check audit bench load text pictures docs clean
.DEFAULT_GOAL := demo

demo: $(RUN)
	@$(BIN)/deskterm demo $(ARGS)

test: $(WORK)
	$(BIN)/python -m pytest -q -n auto --dist worksteal $(ARGS)

check: $(WORK)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(WORK)
	@$(BIN)/python -m tests.audit

bench: $(WORK)
	@$(BIN)/python -m bench.run $(ARGS)

load: $(WORK)
	@$(BIN)/python -m bench.load.run $(ARGS)

text: $(WORK)
	@$(BIN)/python -m tests.catalogue

pictures: $(WORK)
	$(BIN)/python -m tests.pictures $(ARGS)

docs: $(WORK)
	$(BIN)/python -m tests.readme

clean:
	rm -rf $(VENV) .bench build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache \
	    .hypothesis .coverage
	find deskterm tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# What runs is installed once; the stamps are older than these files only after a change.
$(RUN): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing deskterm in $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@$(BIN)/python -m compileall -q deskterm
	@touch $@

$(WORK): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing deskterm and what its tests need in $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(BIN)/python -m compileall -q deskterm
	@touch $(RUN) $@

$(BIN)/python:
	@for candidate in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
	    if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        exec $$candidate -m venv $(VENV); \
	    fi; \
	done; \
	echo "deskterm needs Python 3.11 or newer, and found only: $$(python3 --version 2>&1)." >&2; \
	echo "Install it, or name it: make PYTHON=/path/to/python3.11" >&2; \
	exit 1
