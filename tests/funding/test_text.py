"""Which text of 2 CFR 200 an award is under: the federal award decides, not the letter."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from core.access import SYSTEM
from core.journal.remembered import earlier
from core.models import District
from core.time import days
from funding.actions import change_award, create_award, set_parameter
from funding.models import Award, Parameter, Place, Program
from funding.rules.text import FACTS, Texts
from funding.seed import seed_reference
from people.actions.district import change_district
from people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]

JULY, LETTER = date(2024, 7, 1), date(2024, 11, 12)
OCTOBER = date(2024, 10, 1)


@pytest.fixture(autouse=True)
def law(district: District) -> None:
    seed_reference()


def award_of(code: str = "TITLE2", **values: Any) -> Award:
    program = Program.objects.get(code=code)
    return create_award(by=SYSTEM, program=program, name=f"Award {Award.objects.count()}", **values)


@pytest.mark.parametrize(
    ("dates", "text"),
    [
        ({"federal_award_on": JULY, "issued_on": LETTER}, "pre2024"),
        ({"federal_award_on": JULY, "supplement_on": OCTOBER, "issued_on": LETTER}, "pre2024"),
        ({"federal_award_on": OCTOBER, "issued_on": LETTER}, "2024"),
        ({"federal_award_on": date(2024, 9, 30)}, "pre2024"),
        ({"issued_on": date(2024, 9, 30)}, "pre2024"),
        ({"issued_on": OCTOBER}, "cannot-tell"),
        ({"issued_on": date(2026, 9, 30)}, "cannot-tell"),
        ({"issued_on": date(2026, 10, 1)}, "2024"),
        ({"issued_on": date(2026, 10, 1), "supplement_on": date(2026, 9, 1)}, "cannot-tell"),
        ({"issued_on": LETTER, "supplement_on": OCTOBER}, "cannot-tell"),
        ({"issued_on": LETTER, "supplement_on": date(2024, 9, 1)}, "pre2024"),
        ({"period_start": JULY}, "pre2024"),
        ({"obligate_by": date(2024, 9, 30)}, "pre2024"),
        ({}, "cannot-tell"),
        ({"ug_version": "2024", "issued_on": date(2021, 1, 1)}, "2024"),
    ],
)
def test_the_federal_award_decides_and_what_is_not_known_is_not_guessed(
    dates: dict[str, Any], text: str
) -> None:
    assert Texts().of(award_of(**dates)).version == text


@pytest.mark.parametrize(
    ("state", "code", "dates", "text"),
    [
        ("TX", "TITLE2", {"issued_on": date(2025, 6, 30)}, "pre2024"),
        ("TX", "TITLE2", {"issued_on": date(2025, 7, 1)}, "2024"),
        ("TX", "TITLE2", {"issued_on": LETTER, "federal_award_on": OCTOBER}, "2024"),
        ("CA", "TITLE1", {"issued_on": LETTER}, "2024"),
        ("CA", "TITLE2", {"issued_on": LETTER}, "cannot-tell"),
        ("NY", "TITLE1", {"issued_on": LETTER}, "cannot-tell"),
        ("TX", "LOCAL", {"issued_on": LETTER}, "none"),
    ],
)
def test_a_state_says_otherwise_for_its_own_districts_and_programs(
    state: str, code: str, dates: dict[str, Any], text: str
) -> None:
    change_district(by=SYSTEM, state=state)
    assert Texts().of(award_of(code, **dates)).version == text


def test_what_was_believed_stays_when_a_date_a_state_or_a_parameter_comes_later() -> None:
    award = award_of(issued_on=date(2025, 8, 1))
    first = days.now()
    change_district(by=SYSTEM, state="TX")
    second = days.now()
    award = change_award(award, by=SYSTEM, federal_award_on=JULY)
    third = days.now()
    set_parameter("ug_text_2024_from", "sub-award", "2026-01-01", by=SYSTEM, award=award)
    told = [
        Texts(at).of(earlier(Award, at, *FACTS).of(award)).version for at in (first, second, third)
    ]
    told.append(Texts().of(award).version)
    assert told == ["cannot-tell", "2024", "2024", "pre2024"]


def test_the_page_and_rest_say_that_it_cannot_be_told(
    fay: User, client_of: Browser, api_of: Callable[..., Client]
) -> None:
    award = award_of("TITLE1", issued_on=LETTER)
    page = client_of(fay).get(f"/awards/{award.pk}/").content.decode()
    assert "cannot tell which text" in page and "federal award is not known" in page
    url = f"/api/v1/awards/{award.pk}"
    told = api_of(fay).get(url)
    assert (told.json()["ug_version"], told.json()["ug_text"]) == ("", "cannot-tell")
    changed = api_of(fay).patch(
        url,
        {"federal_award_on": "2024-07-01"},
        "application/json",
        headers={"if-match": told["ETag"]},
    )
    assert (changed.json()["federal_award_on"], changed.json()["ug_text"]) == (
        "2024-07-01",
        "pre2024",
    )


@pytest.mark.untrue("rows of an older release are made by deleting ours")
@pytest.mark.untrue(reason="takes rows away, to be an older installation")
def test_what_seeding_adds_later_leaves_what_was_known_before() -> None:
    """An installation of an older release: its rows stay, corrections come beside them."""
    Parameter.objects.all().delete()
    late = "esf_late_liquidation_last"
    set_parameter(late, "any approved", "2026-03-30", by=SYSTEM)
    set_parameter("disposition_reply_days", "ug", "120", by=SYSTEM, confidence="confirmed(pre2024)")
    rows = set(Parameter.objects.values_list("pk", "value", "confidence"))
    before = days.now()
    seed_reference()
    assert rows <= set(Parameter.objects.values_list("pk", "value", "confidence"))
    known = Parameter.objects.known_at(before)
    today, asked = date(2026, 11, 29), Parameter.objects.in_force
    assert known.in_force(late, "any approved", today).value == "2026-03-30"
    assert known.in_force_or_none(late, "ARP", today) is None
    assert asked(late, "any approved", today).value == "", "withdrawn"
    assert asked(late, "ARP", today).value == "2026-03-30"
    assert asked(late, "ARP", today, Place("VT")).value == "2026-03-28"
    assert (asked(late, "CRRSA", today).value, asked(late, "CARES", today).value) == (
        "2025-03-30",
        "2024-03-30",
    )
    assert known.in_force("disposition_reply_days", "ug", today).confidence == "confirmed(pre2024)"
    assert asked("disposition_reply_days", "ug", today).confidence == "confirmed"


def test_a_new_installation_has_nothing_to_withdraw() -> None:
    assert not Parameter.objects.filter(confidence="withdrawn").exists()


def test_an_upgrade_derives_anew_what_was_derived_and_keeps_what_was_stated() -> None:
    letter = award_of(ug_version="2024", issued_on=LETTER)  # as the older release derived it
    older = award_of(ug_version="pre2024", issued_on=JULY)
    stated = award_of(ug_version="pre2024", issued_on=LETTER)  # somebody said so
    before = days.now()
    import_module("funding.migrations.0004_derived_text").derive(apps, None)
    now = {a.pk: Texts().of(a).version for a in Award.objects.select_related("program")}
    assert now == {letter.pk: "cannot-tell", older.pk: "pre2024", stated.pk: "pre2024"}
    stated.refresh_from_db()
    assert stated.ug_version == "pre2024"
    letter.refresh_from_db()
    letter = earlier(Award, before, *FACTS).of(letter)
    assert Texts(before).of(letter).version == "2024", "no past verdict moves"
