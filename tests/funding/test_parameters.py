"""Parameters of the text of 2 CFR 200: the most specific wins; what no rule reads is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from funding.actions import set_parameter
from funding.models import Parameter, Place
from people.models import User
from tests.funding.test_text import award_of, law

__all__ = ["law"]

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]

JULY, LETTER = date(2024, 7, 1), date(2024, 11, 12)
OCTOBER = date(2024, 10, 1)


def test_the_most_specific_parameter_wins() -> None:
    award = award_of("TITLE1")
    program, key = award.program, "inventory_cycle_months"
    where = [
        ("24", {}),
        ("23", {"state": "OH"}),
        ("22", {"program": program}),
        ("21", {"state": "OH", "program": program}),
        ("20", {"award": award}),
    ]
    here = Place("OH", program.pk, award.pk)
    asked = Parameter.objects.in_force
    for months, narrowed in where[1:]:
        set_parameter(key, "ug", months, by=SYSTEM, **narrowed)
        assert asked(key, "ug", JULY, here).value == months
    assert asked(key, "ug", JULY, Place("OH")).value == "23"
    assert asked(key, "ug", JULY).value == "24", "who asks for nowhere gets what holds everywhere"
    assert asked(key, "ug", JULY, Place("IN", program.pk)).value == "12", "Indiana, as seeded"
    # Of two that are alike the later first day wins, then the one that was set last.
    set_parameter(key, "ug", "19", by=SYSTEM, state="OH", starts_on=date(2024, 6, 1))
    set_parameter(key, "ug", "18", by=SYSTEM, state="OH", starts_on=date(2024, 6, 1))
    assert asked(key, "ug", JULY, Place("OH")).value == "18"
    assert asked(key, "ug", date(2024, 5, 31), Place("OH")).value == "23"


@pytest.mark.parametrize(
    ("key", "value", "narrowed", "code"),
    [
        ("equip_threshold", "ten thousand", {}, "parameter-value"),
        ("equip_threshold", "-1", {}, "parameter-value"),
        ("ug_text_2024_from", "October", {}, "parameter-value"),
        ("equip_threshold", "1", {"state": "Texas"}, "state"),
        ("equip_threshold", "1", {"starts_on": OCTOBER, "ends_on": JULY}, "ends-before"),
    ],
)
def test_a_parameter_that_no_rule_could_read_is_refused(
    key: str, value: str, narrowed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        set_parameter(key, "ug 2024", value, by=SYSTEM, **narrowed)
    assert [p.code for p in refused.value.problems] == [code]


def test_ana_narrows_a_parameter_on_the_page_and_a_wrong_one_is_shown(
    ana: User, client_of: Browser
) -> None:
    asked = {
        "parameter": "equip_threshold|ug 2024",
        "value": "15000",
        "starts_on": "2027-01-01",
        "source": "Letter",
        "state": "tx",
    }
    wrong = client_of(ana).post("/parameters/", asked | {"value": "much"})
    assert "Give a number" in wrong.content.decode()
    assert client_of(ana).post("/parameters/", asked).status_code == 302
    day = date(2027, 1, 1)
    assert (
        Parameter.objects.in_force("equip_threshold", "ug 2024", day, Place("TX")).value == "15000"
    )
    assert Parameter.objects.in_force("equip_threshold", "ug 2024", day).value == "10000"
    assert "TX" in client_of(ana).get("/parameters/").content.decode()
