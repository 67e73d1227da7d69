# One door. `make app` and `make test` need only Python, git and make: they create .venv themselves.
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)
PORT ?= 8501
unexport PYTHONDONTWRITEBYTECODE  # without bytecode every start of the program takes twice as long

.PHONY: app test quick check lint types contracts spec docs places sizes bench lock wheel clean

app: .venv/app.stamp  ## open the app (on the invented demo studies until you refresh)
	$(BIN)/trialfinder app --port $(PORT)

test: .venv/dev.stamp  ## pass the tests
	$(BIN)/python -m pytest

quick: .venv/dev.stamp  ## pass the tests that take no more than a few seconds each
	$(BIN)/python -m pytest -m "not slow and not browser"

check: lint types contracts test  ## everything that .ci/run holds, but for the wheel

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.stamp
	$(BIN)/mypy

contracts: .venv/dev.stamp
	$(BIN)/lint-imports

spec: .venv/dev.stamp  ## the tables of sentence -> fact alone
	$(BIN)/python -m pytest tests/spec

docs: .venv/dev.stamp  ## write the generated pages anew
	$(BIN)/python scripts/build_docs.py

places: .venv/dev.stamp  ## take an edit of places/data/city_aliases.csv into the table of cities
	$(BIN)/python -m scripts.build_places --aliases-only

sizes: .venv/dev.stamp  ## print the sizes and the ten signs of the house style
	$(BIN)/python -m tests.architecture

bench: .venv/dev.stamp  ## print the benchmarks
	$(BIN)/python -m tests.benchmarks

lock:  ## pin every dependency anew (needs uv)
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate pyproject.toml locks/build.in -o locks/app.txt
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate pyproject.toml --all-extras --group dev --group places -c locks/app.txt -o locks/dev.txt

wheel: .venv/dev.stamp
	$(BIN)/python -m hatchling build -t wheel

.venv/bin/python:
ifdef UV
	uv venv --quiet --python $(PYTHON) .venv
else
	$(PYTHON) -m venv .venv
endif

.venv/app.stamp: locks/app.txt pyproject.toml | .venv/bin/python
ifdef UV
	VIRTUAL_ENV=.venv uv pip install --quiet --compile-bytecode --require-hashes -r locks/app.txt
	VIRTUAL_ENV=.venv uv pip install --quiet --no-deps --no-build-isolation -e .
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/app.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	touch $@

.venv/dev.stamp: locks/dev.txt pyproject.toml | .venv/bin/python
ifdef UV
	VIRTUAL_ENV=.venv uv pip install --quiet --compile-bytecode --require-hashes -r locks/dev.txt
	VIRTUAL_ENV=.venv uv pip install --quiet --no-deps --no-build-isolation -e .
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	touch $@ .venv/app.stamp

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
