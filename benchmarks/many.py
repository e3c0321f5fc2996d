"""B10: a thousand hand-outs in one request by REST, with journal."""

import json
from datetime import UTC, datetime
from functools import partial
from itertools import count
from statistics import median

from django.db import transaction

from assets.models import Asset, Status
from benchmarks.api import client_of_rob
from benchmarks.figure import Figure, seconds
from benchmarks.floor import Happening, Thing
from people.models import Person

ROWS, TURNS, GOAL = 1000, 3, 0.15
_numbers = count(1)


def _plain() -> None:
    """As many things and events by `bulk_create`."""
    turn = next(_numbers)
    with transaction.atomic():
        things = Thing._default_manager.bulk_create(
            Thing(tag=f"many{turn}-{n}", serial=f"many{n}", status="in_use", holder_id=n)
            for n in range(ROWS)
        )
        Happening._default_manager.bulk_create(
            Happening(thing=t, kind="assigned", at=datetime.now(UTC), data={"holder": t.holder_id})
            for t in things
        )


def run() -> list[Figure]:
    """Hand-outs a second beside the plainest rows of as many things and events, in turns."""
    client = client_of_rob()
    free = Asset.objects.filter(status=Status.IN_STOCK, holder=None).order_by("-pk")
    assets = list(free.values_list("pk", flat=True)[: ROWS * TURNS])
    people = list(Person.objects.filter(kind="student").order_by("pk")[: ROWS * TURNS])

    def ours(turn: int) -> None:
        here = slice(turn * ROWS, (turn + 1) * ROWS)
        pairs = zip(assets[here], people[here], strict=True)
        body = json.dumps({"rows": [{"asset": a, "person": p.pk} for a, p in pairs]})
        answer = client.post("/api/v1/assets/assign", body, content_type="application/json")
        done = [r for r in answer.json().get("results", ()) if r["status"] == 200]
        if len(done) != ROWS:
            raise RuntimeError(f"{len(done)} of {ROWS} were handed out: {answer.content[:300]!r}")

    _plain()
    turns = [(seconds(_plain), seconds(partial(ours, turn))) for turn in range(TURNS)]
    base, mine = (ROWS / median(walls) for walls in zip(*turns, strict=True))
    return [
        Figure(
            "B10",
            f"assign {ROWS:,} in one request",
            f"{mine:,.0f} a second",
            f"{base:,.0f} a second",
            f"{mine / base:.2f}x",
            f"at least {GOAL}x",
            mine / base >= GOAL,
        )
    ]
