# make setup | run | test | test-fast | test-quick | lint | same-pages | bench | soak | pictures
.PHONY: setup run test test-fast test-quick lint same-pages bench soak pictures

PY := .venv/bin/python
PYTEST := $(PY) -m pytest
ON_TWO_CORES := -n 2 --dist loadscope --no-loadscope-reorder
QUICK := "not soak and not worker and not browser and not slow"

setup:
	@scripts/setup.sh

# The embedded profile on PORT (8000) with its data in DATA_DIR (./data).
run: setup
	$(PY) manage.py serve --demo

# Everything, on both databases, with real servers, workers and a browser.
test: setup
	TEST_DATABASE=sqlite $(PYTEST) $(ON_TWO_CORES) -m "not soak"
	TEST_DATABASE=postgresql $(PYTEST) $(ON_TWO_CORES) -m "not soak and not browser"

# In two minutes: all tests of the test files that changed since main, and of each other the first.
test-fast: setup
	TEST_DATABASE=sqlite $(PYTEST) $(ON_TWO_CORES) --near -m $(QUICK)

# All that needs no server and no browser: on SQLite.
test-quick: setup
	TEST_DATABASE=sqlite $(PYTEST) $(ON_TWO_CORES) -m $(QUICK)

lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(PY) -m mypy .
	.venv/bin/lint-imports
	.venv/bin/djlint --lint templates --quiet
	.venv/bin/djlint --check templates --quiet
	npx --no-install biome ci --error-on-warnings static scripts

# Whether every page says the same as at the commit BASE (else: where the branch left main).
same-pages: setup
	$(PY) -m scripts.same_pages $(BASE)

bench: setup
	$(PY) -m benchmarks

soak: setup
	TEST_DATABASE=postgresql $(PYTEST) -m soak tests
	TEST_DATABASE=sqlite $(PYTEST) -m soak tests

# Takes the pictures of docs/ in a demonstration district of their own.
pictures: setup
	$(PY) -m scripts.pictures
