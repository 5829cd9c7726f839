# make run: set up and open the app. make test: set up and run every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

unexport PYTHONDONTWRITEBYTECODE  # so that not every process compiles what it imports

.PHONY: run test setup check types suite quick model screenshots clean

run: $(STAMP)
	$(BIN)/surveyqa serve

test: check

setup: $(STAMP)

check: $(STAMP)
	$(BIN)/ruff check .
	$(MAKE) -j 2 types suite

types: $(STAMP)
	$(BIN)/mypy

suite: $(STAMP)  # by name: the files with the fewest tests, which would come last, are the longest
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

quick: $(STAMP)
	$(BIN)/pytest -m "not slow and not browser"

model: $(STAMP)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[train]"
	$(BIN)/python -m train $(PAIRS) train/data

screenshots: $(STAMP)
	$(BIN)/python -m bench.screenshots bench/screenshots

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --constraint constraints.txt --editable ".[dev]"
	touch $(STAMP)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info
