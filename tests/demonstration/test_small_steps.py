"""While the demonstration is filled people sign in: its steps are small, and the page says so."""

from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client

import demonstration
from assets.models import Asset
from core.models.run import Run
from demonstration.actions.start import make_district
from demonstration.fill import steps
from demonstration.plan.lots import lots
from demonstration.steps.receive import PART
from demonstration.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]


def test_a_large_lot_is_tagged_a_hundred_at_a_time_and_each_thing_once() -> None:
    make_district()
    world = World()
    lot = min((x for x in lots(world.year) if x.quantity > PART), key=lambda x: x.quantity)
    counts = [0]
    for step in steps(world):
        first, _bar, key = step.key.partition(":")
        if first in ("books", "catalog", "rooms") or (
            first in ("buy", "tag") and key.partition(":")[0] == lot.po
        ):
            step.run()
            if first == "tag":
                step.run()  # an older release may have tagged it
                counts.append(Asset.objects.count())
    assert counts[-1] == lot.quantity and len(counts) > 2
    assert all(0 < after - before <= PART for before, after in pairwise(counts))


def test_the_sign_in_page_says_that_it_is_being_filled_until_it_is(client: Client) -> None:
    run = demonstration.start()
    assert "is being filled (0%)" in client.get("/sign-in/").content.decode()
    Run.objects.filter(pk=run.pk).update(state=Run.State.FINISHED)
    assert "is being filled" not in client.get("/sign-in/").content.decode()
