"""What the history says reads as people write: days as on the other pages, and of which state."""

from datetime import date

import pytest

from assets.actions import change_asset
from core.journal.sentences import tell_all
from core.models import Entry
from funding.actions import set_parameter
from people.models import School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db


def test_a_parameter_is_told_with_its_state_and_the_day_from_which_it_is(ana: User) -> None:
    set_parameter(
        "disposal_threshold",
        by=ana,
        scope="all",
        value="5000",
        state="tx",
        starts_on=date(2025, 7, 1),
        source="TEA",
    )
    set_parameter(
        "disposal_threshold",
        by=ana,
        scope="all",
        value="10000",
        starts_on=date(2026, 7, 1),
        source="TEA",
    )
    told = [t.sentence for t in tell_all(Entry.objects.filter(kind="parameter.set"), ana)]
    key = "Parameter disposal_threshold (all) is"
    assert f"{key} 5000 in TX from 07/01/2025 on" in told
    assert f"{key} 10000 from 07/01/2026 on" in told


def test_changed_days_read_as_on_every_page(ana: User, lincoln: School) -> None:
    asset = make_asset(school=lincoln, tag="CH1")
    change_asset(asset, by=ana, acquired_on=date(2025, 8, 12), use="2025-01-02")
    [told] = tell_all(Entry.objects.of(asset).filter(kind="asset.changed"), ana)
    assert ("acquired", "–", "08/12/2025") in told.changes
    assert ("use", "–", "2025-01-02") in told.changes, "what was typed is no day"
