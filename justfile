# 一码办: `just` alone lists what there is. Needs only uv; everything else it fetches itself.

python := "uv run --no-sync python"

# List every recipe
[private]
default:
    @just --list --unsorted

# Open the demonstration hall on http://localhost:8000 (sets everything up first)
run: _packages
    @YIMABAN_DEMO=1 uv run --no-sync yimaban run

# Serve in production: settings from the environment, your own PostgreSQL
serve: _packages
    @uv run --no-sync yimaban serve

# Bring the database's shape up to date
migrate: _packages
    @uv run --no-sync yimaban migrate

# Run all tests, in real Chromium too (fetches what they need); arguments go to pytest
test *arguments: _ready _browser
    uv run --no-sync pytest -n {{ env("YIMABAN_TEST_WORKERS", "2") }} {{ arguments }}

# Check style, types, layers, templates and spelling
lint: _ready
    uv run --no-sync ruff check .
    uv run --no-sync ruff format --check .
    uv run --no-sync pyright
    uv run --no-sync lint-imports
    uv run --no-sync djlint pwa/templates --lint --quiet
    uv run --no-sync typos

# Put code into the house's form
fmt: _ready
    uv run --no-sync ruff check --fix-only .
    uv run --no-sync ruff format .

# Break the law in sixty small ways and have the machine find each (some ten minutes; a name after it for one)
mistakes name="": _ready
    @ALL_MISTAKES=1 uv run --no-sync pytest tests/domain/test_mutants.py -k "finds and {{ if name == "" { "finds" } else { name } }}"

# Measure the hot paths beside a bare floor, FastAPI and Django
bench *arguments: _ready
    @uv sync --quiet --all-groups
    @YIMABAN_DEMO=1 uv run --no-sync python -m tests.benchmarks {{ arguments }}

# Measure what pages cost a phone: Lighthouse, transfer sizes, offline (fetches Lighthouse from npm on the first run)
bench-web *arguments: _ready _browser
    @uv sync --quiet --all-groups
    @YIMABAN_DEMO=1 uv run --no-sync python -m tests.benchmarks.web {{ arguments }}

# Fetch the browser libraries again and write their lock
vendor *arguments: _ready
    @uv run --no-sync python pwa/vendor/refresh.py {{ arguments }}

# Make the initial migration anew from tables.py (until the first release)
regenerate-migrations: _ready
    @YIMABAN_DEMO=1 uv run --no-sync python -m backend.migrating

# Write the phone's copy of the law's sentences and tables anew (pwa/static/js/law/book.js)
lawbook: _ready
    @YIMABAN_DEMO=1 uv run --no-sync python -m backend.lawbook

# Load matters from TOML, JSON or the Excel template; --dry-run only shows the difference
catalogue-import file *arguments: _packages
    @uv run --no-sync yimaban catalogue import {{ file }} {{ arguments }}

# Print every setting, its default and what it is for
settings: _packages
    @uv run --no-sync yimaban settings

# Print every route and who may use it
routes: _packages
    @uv run --no-sync yimaban routes

# What the hall itself needs; packages that are there for tests stay
_packages:
    @echo "  … Python 包 packages"
    @uv sync --locked --no-dev --inexact

# Everything the lock names, nothing else
_ready:
    @uv sync --quiet --locked --group dev

# A browser and a Chinese font for the journeys; says what it can't get and goes on
_browser:
    @bash .ci/browser
