"""Generate: the frame, then things in batches, each batch one transaction; memory stays flat."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from core.journal import sealing
from demonstration.actions.generate.frame import make_frame
from demonstration.actions.generate.things import Writer
from demonstration.actions.start import make_district, refuse_elsewhere

BATCH = 10_000


@dataclass(frozen=True)
class Size:
    """How many things, drawn from which seed; `one_award` lets one award pay into every thing."""

    assets: int
    seed: int = 1
    one_award: bool = False
    seal: bool = True


def generate(size: Size, progress: Callable[[int, int], None] | None = None) -> None:
    """Write `size.assets` things with units, shares, spans, hand-outs, sightings and entries.

    The same size and seed give the same things. Raises Refused in a real district."""
    refuse_elsewhere()
    make_district()
    rng = random.Random(f"generate:{size.seed}")  # noqa: S311 - a story, not a secret
    with transaction.atomic():
        frame = make_frame(size.assets, rng)
    writer = Writer(frame, rng, size.one_award)
    done = 0
    while done < size.assets:
        count = min(BATCH, size.assets - done)
        with transaction.atomic():
            _trust_ourselves()
            writer.write(count)
        done += count
        if progress is not None:
            progress(done, size.assets)
    writer.finish()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    if size.seal:
        sealing.seal_all()


def _trust_ourselves() -> None:
    """Where we may, skip PostgreSQL's row-by-row check of references in this transaction: every id
    is one that we wrote, and checking them takes as long as writing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone()[0]:
                cursor.execute("SET LOCAL session_replication_role = replica")
