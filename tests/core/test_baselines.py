"""After an upgrade what was there is written down once; nobody can pretend that something waits."""

import pytest
from django.apps import apps

from core import runs
from core.access import SYSTEM
from core.journal import baselines, folding, verify
from core.journal.writing import record
from core.models import District, Entry, Run
from core.runs.baselines import KIND
from core.time import days
from funding.models import Vendor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.untrue(reason="rows of an installation that did not journal every column"),
]


def findings() -> list[str]:
    return [f for f in verify.verify().findings if "no seal" not in f]


@pytest.fixture
def upgraded() -> list[Vendor]:
    """Three vendors of which no entry tells, and an upgrade that found them."""
    rows = [Vendor.objects.create(name=f"Old vendor {n}") for n in range(3)]
    told = {"until": baselines.asked(apps)}
    record(baselines.ASKED, District(pk=0), by=SYSTEM, data=told)
    return rows


def write_down() -> None:
    assert runs.execute(runs.start(KIND, {}, by=SYSTEM).pk)


def test_what_the_upgrade_found_waits_and_is_written_down_once(upgraded: list[Vendor]) -> None:
    counts: dict[str, folding.Counts] = {}
    assert list(folding.fold(counts, baselines.pending())) == []
    assert counts["funding.vendor"].pending == len(upgraded)
    write_down()
    assert findings() == [] and baselines.pending() == {}
    told = Entry.objects.filter(kind="vendor.baselined")
    assert set(told.values_list("subject_id", flat=True)) == {v.pk for v in upgraded}
    assert Entry.objects.filter(kind=baselines.WRITTEN).count() == 1
    write_down()
    assert told.count() == len(upgraded), "nothing is written down twice"
    assert Entry.objects.filter(kind=baselines.WRITTEN).count() == 1


def test_what_came_after_the_upgrade_does_not_wait_and_is_never_blessed(
    upgraded: list[Vendor],
) -> None:
    invented = Vendor.objects.create(name="Invented")
    assert findings() == [f"funding.vendor {invented.pk}: no entry says what it is."]
    write_down()
    assert findings() == [f"funding.vendor {invented.pk}: no entry says what it is."]


@pytest.mark.parametrize("state", Run.State.values)
def test_a_run_that_nobody_asked_for_silences_nothing(state: str) -> None:
    """Runs are exempt from the journal: one more of them must not open a door."""
    invented = Vendor.objects.create(name="Invented")
    now = days.now()
    Run.objects.create(kind=KIND, state=state, available_at=now, created_at=now)
    assert findings() == [f"funding.vendor {invented.pk}: no entry says what it is."]
    write_down()
    assert findings() == [f"funding.vendor {invented.pk}: no entry says what it is."]
