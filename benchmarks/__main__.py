"""`python -m benchmarks [--assets N] [--only B4,B9]`: its own PostgreSQL, generate, measure."""

import argparse
import gc
import importlib
import logging
import os
import sys
import tempfile
import time

#: figure: module
FIGURES = {
    "B3": "dataset",
    "B4": "lists",
    "B5": "api",
    "B7": "scan",
    "B8": "search",
    "B9": "assign",
    "B10": "many",
    "B11": "imports",
    "B13": "gate",
    "B15": "chain",
    "F": "fronts",
}


def main() -> int:
    """Measure and write docs/benchmarks.md (only with every figure asked for)."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--assets", type=int, default=100_000)
    parser.add_argument("--only", default="", help="figures, with commas; the document stays")
    options = parser.parse_args()
    wanted = [f for f in options.only.split(",") if f] or list(FIGURES)
    from tests.servers import postgres

    with postgres() as url, tempfile.TemporaryDirectory(prefix="district-bench-") as folder:
        os.environ |= {"DATABASE_URL": url, "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "district_assets.settings"
        os.environ["ALLOWED_HOSTS"] = "testserver,localhost"
        return _measure(wanted, options.assets, document=not options.only)


def _measure(wanted: list[str], assets: int, document: bool) -> int:
    import django

    django.setup()
    import structlog
    from django.core.management import call_command
    from django.db import connection

    from benchmarks import floor, report
    from demonstration.actions.generate import Size, generate

    silent = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=silent, cache_logger_on_first_use=False)
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    generate(Size(assets, one_award=True))
    took = time.perf_counter() - began
    generated = f"generated and sealed in {took:.0f} s ({assets / took:,.0f} a second)"
    print(generated, flush=True)
    floor.lay(10_000)
    # As in gunicorn.conf.py: the collector need not look again at what start-up made, and here it
    # would look at what was generated in this process, which no server holds.
    gc.collect()
    gc.freeze()
    figures, failed = [], []
    for name in wanted:
        try:
            found = importlib.import_module(f"benchmarks.{FIGURES[name]}").run()
        except Exception as error:
            failed.append(f"{name}: {type(error).__name__}: {str(error)[:200]}")
            print(failed[-1], flush=True)
            continue
        figures += found
        for f in found:
            print(f"{f.id:4} {f.what}: {f.ours}; floor {f.floor}; {f.ratio} ({f.goal})", flush=True)
    if document:
        report.write(figures, assets, generated, failed)
    connection.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
