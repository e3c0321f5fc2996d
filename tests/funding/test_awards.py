"""An award with all that its rules need: dates, terms, its text of 2 CFR 200."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from funding.actions import create_program
from funding.models import Award, CapitalizationLevel, Parameter, Program
from funding.seed import seed_reference
from people.models import User
from tests.people.test_two_editors import fields

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]


@pytest.fixture
def program() -> Program:
    seed_reference()
    return Program.objects.get(code="ARP-ESSER")


def typed(program: Program, **more: str) -> dict[str, Any]:
    return {"program": program.pk, "name": "ARP 2021", "fain": "S425U219999"} | more


def test_fay_records_an_award_with_every_date_and_term(
    program: Program, fay: User, client_of: Browser
) -> None:
    all_of_it = typed(
        program,
        award_year="2021",
        federal_percent="90.5",
        issued_on="2021-03-24",
        allowable_from="2020-04-01",
        period_start="2021-03-24",
        period_end="2023-09-30",
        obligate_by="2024-09-30",
        liquidate_by="2024-12-31",
        final_report_on="2025-01-28",
        equipment_threshold="1000",
        title_holder="District",
        ug_version="2024",
        amount="5000.10",
    )
    assert client_of(fay).post("/awards/new/", all_of_it).status_code == 302
    award = Award.objects.get(fain="S425U219999")
    assert (award.allowable_from, award.final_report_on, award.ug_version) == (
        date(2020, 4, 1),
        date(2025, 1, 28),
        "2024",
    )
    assert (award.federal_percent, award.equipment_threshold) == (Decimal("90.5"), Decimal(1000))


def test_what_is_not_said_is_the_programs(program: Program, fay: User, client_of: Browser) -> None:
    client_of(fay).post("/awards/new/", typed(program, issued_on="2024-09-30"))
    award = Award.objects.get(fain="S425U219999")
    assert (award.allowable_from, award.obligate_by) == (date(2020, 3, 13), date(2024, 9, 30))
    assert (award.aln, award.ug_version) == ("84.425U", ""), "nobody stated a text"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"period_start": "2024-01-02", "period_end": "2024-01-01"}, "ends before it begins"),
        ({"allowable_from": "2024-02-01", "period_end": "2024-01-01"}, "after the period"),
        ({"obligate_by": "2024-02-01", "liquidate_by": "2024-01-01"}, "after it is obligated"),
        ({"ug_version": "none"}, "by which text"),
        ({"federal_award_on": "2024-11-02", "issued_on": "2024-11-01"}, "before its federal award"),
        ({"federal_award_on": "2024-11-02", "supplement_on": "2024-11-01"}, "after the initial"),
    ],
)
def test_an_award_that_contradicts_itself_is_refused_with_a_sentence(
    program: Program, fay: User, client_of: Browser, wrong: dict[str, str], sentence: str
) -> None:
    page = client_of(fay).post("/awards/new/", typed(program, **wrong))
    assert page.status_code == 200 and sentence in page.content.decode()
    assert not Award.objects.filter(fain="S425U219999").exists()


def test_two_officers_do_not_undo_each_other(arp: Award, fay: User, client_of: Browser) -> None:
    client = client_of(fay)
    first = fields(client.get(f"/awards/{arp.pk}/edit/").content.decode())
    assert (
        client.post(f"/awards/{arp.pk}/edit/", first | {"pass_through": "SEA"}).status_code == 302
    )
    stale = client.post(f"/awards/{arp.pk}/edit/", first | {"title_holder": "Other"})
    assert stale.status_code == 200
    arp.refresh_from_db()
    assert arp.pass_through == "SEA" and arp.title_holder != "Other"


def test_a_district_adds_a_program_of_its_own_once(
    fay: User, vic: User, client_of: Browser
) -> None:
    asked = {"code": "STATE-STEM", "name": "State STEM grant", "family": "state"}
    assert client_of(fay).post("/programs/", asked).status_code == 302
    assert "State STEM grant" in client_of(fay).get("/programs/").content.decode()
    again = client_of(fay).post("/programs/", asked | {"code": "state-stem"})
    assert "of this code already" in again.content.decode()
    assert client_of(vic).post("/programs/", asked).status_code == 403
    with pytest.raises(Refused):
        create_program(by=SYSTEM, code="", name="", family="state")


def test_ana_gives_a_parameter_a_new_value_and_fay_may_not(
    program: Program, ana: User, fay: User, client_of: Browser
) -> None:
    asked = {
        "parameter": "equip_threshold|ug 2024",
        "value": "15000",
        "starts_on": "2027-01-01",
        "source": "Federal Register",
    }
    assert client_of(fay).post("/parameters/", asked).status_code == 403
    assert client_of(ana).post("/parameters/", asked).status_code == 302
    in_force = Parameter.objects.in_force
    assert in_force("equip_threshold", "ug 2024", date(2026, 12, 31)).value == "10000"
    assert in_force("equip_threshold", "ug 2024", date(2027, 1, 1)).value == "15000"
    client_of(ana).post("/parameters/", {"level": "250", "starts_on": "2020-07-01"})
    assert CapitalizationLevel.objects.get().level == 250
