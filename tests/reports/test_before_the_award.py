"""R1 as known before its award came into the register says so: an empty record would look clean."""

from datetime import timedelta

import pytest
import time_machine

from core.access import SYSTEM
from core.time import days
from funding.actions import change_award
from funding.models import Award
from reports.property_record.build import build
from tests.reports.shared import told

pytestmark = pytest.mark.django_db


def test_a_record_of_before_its_award_says_that_the_award_came_later(arp: Award) -> None:
    today, before = days.today(), days.now() - timedelta(days=400)
    dataset = build(arp, as_of=today, known_at=before, by=SYSTEM)
    [finding] = dataset.findings
    assert (dataset.rows, finding.code) == ((), "award-later")
    assert "was not in the register then" in finding.sentence
    assert all(": ," not in text for _label, text in dataset.versions)
    with time_machine.travel(days.now() + timedelta(minutes=5)):
        change_award(arp, by=SYSTEM, fain="S425U210099")
        assert told(build(arp, as_of=today, known_at=before, by=SYSTEM)) == told(dataset)


def test_a_record_of_since_then_does_not(arp: Award) -> None:
    dataset = build(arp, as_of=days.today(), known_at=days.now(), by=SYSTEM)
    assert "award-later" not in [one.code for one in dataset.findings]
