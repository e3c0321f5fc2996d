"""Fay enters an award, a program, a vendor or a purchase that cannot stand, and is told why."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Entry
from core.problems import Refused
from funding.actions import create_award, create_program, create_vendor, record_purchase, void_unit
from funding.models import Award, Program, Vendor
from people.models import School, User
from tests.factories import make_asset, make_purchase
from tests.integrations.conftest import look_at
from tests.refusing import page_says, refusal, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]

AWARDS: list[tuple[str, dict[str, str], str, str]] = [
    ("award-name-taken", {"name": "arp esser 2021"}, "name", "of this name already: give another"),
    ("fain-taken", {"fain": "s425u210035"}, "fain", "give the subaward number"),
    ("frn-taken", {"frn": "2299000001"}, "frn", "FRN already: each has its own"),
    (
        "federal-award-late",
        {"federal_award_on": "2024-11-02", "issued_on": "2024-11-01"},
        "federal_award_on",
        "not dated before its federal award: put one of the days right",
    ),
    (
        "supplement-early",
        {"federal_award_on": "2024-11-02", "supplement_on": "2024-11-01"},
        "supplement_on",
        "comes after the initial federal award",
    ),
    ("ug-version", {"ug_version": "none"}, "ug_version", "under 2 CFR 200: say by which text"),
    (
        "period-reversed",
        {"period_start": "2024-01-02", "period_end": "2024-01-01"},
        "period_end",
        "ends before it begins",
    ),
    (
        "allowable-late",
        {"allowable_from": "2024-02-01", "period_end": "2024-01-01"},
        "allowable_from",
        "from a day after the period's end",
    ),
    (
        "liquidated-early",
        {"obligate_by": "2024-02-01", "liquidate_by": "2024-01-01"},
        "liquidate_by",
        "after it is obligated, not before",
    ),
    (
        "obligated-early",
        {"allowable_from": "2024-07-01", "obligate_by": "2024-06-30"},
        "obligate_by",
        "from the day on which the award begins",
    ),
    (
        "paid-early",
        {"period_end": "2024-06-30", "obligate_by": "2024-01-01", "liquidate_by": "2024-01-01"},
        "liquidate_by",
        "until the period ends is paid out after it",
    ),
    (
        "paid-early",
        {
            "allowable_from": "2024-11-01",
            "period_start": "2024-11-01",
            "liquidate_by": "2024-10-31",
        },
        "liquidate_by",
        "is paid out after it",
    ),
]


@pytest.fixture
def other(arp: Award) -> Award:
    """Another award, with an FRN."""
    return create_award(by=SYSTEM, program=arp.program, name="E-Rate 2024", frn="2299000001")


@pytest.mark.parametrize(("code", "wrong", "field", "said"), AWARDS)
def test_an_award_that_cannot_stand(
    code: str,
    wrong: dict[str, str],
    field: str,
    said: str,
    arp: Award,
    other: Award,
    fay: User,
    client_of: Of,
    api_of: Of,
) -> None:
    asked: dict[str, Any] = {"program": arp.program_id, "name": "ARP ESSER 2022"} | wrong
    page_says(client_of(fay), "/awards/new/", asked, code, said)
    rest_says(api_of(fay), "awards", asked, code, said, pointer=f"/{field}")


def test_an_award_is_not_changed_into_another(
    arp: Award, other: Award, fay: User, api_of: Of
) -> None:
    api = api_of(fay)
    tag = api.get(f"/api/v1/awards/{other.pk}")["ETag"]
    for code, wrong in (
        ("award-name-taken", {"name": arp.name}),
        ("fain-taken", {"fain": arp.fain}),
    ):
        rest_says(api, f"awards/{other.pk}", wrong, code, method="PATCH", **{"If-Match": tag})


def test_a_second_program_of_one_code(arp: Award, fay: User, client_of: Of) -> None:
    typed = {"code": "arp", "name": "Rescue money", "family": "ug"}
    page_says(client_of(fay), "/programs/", typed, "program-code-taken", "use it, or give another")
    assert Program.objects.count() == 1


def test_a_second_vendor_of_one_name(fay: User, client_of: Of, api_of: Of) -> None:
    create_vendor("Acme Supply", by=SYSTEM)
    other = create_vendor("Other", by=SYSTEM)
    said = "of this name already: use that one"
    page_says(client_of(fay), "/vendors/", {"name": "ACME supply"}, "vendor-name-taken", said)
    api = api_of(fay)
    rest_says(api, "vendors", {"name": "acme supply "}, "vendor-name-taken", said, pointer="/name")
    tag = api.get(f"/api/v1/vendors/{other.pk}")["ETag"]
    rest_says(
        api,
        f"vendors/{other.pk}",
        {"name": "Acme Supply"},
        "vendor-name-taken",
        said,
        method="PATCH",
        **{"If-Match": tag},
    )


def test_a_second_purchase_of_one_number_leaves_no_vendor(
    fay: User, client_of: Of, api_of: Of
) -> None:
    purchase, _units = make_purchase()
    line = {"description": "Cases", "quantity": 1}
    said = "of this number already: add a line to it"
    typed = line | {"number": purchase.number, "vendor": "Brand new vendor"}
    page_says(client_of(fay), "/purchases/new/", typed, "po-number-taken", said)
    assert not Vendor.objects.exists()
    body = {"number": f" {purchase.number.lower()} ", "lines": [line]}
    rest_says(api_of(fay), "purchases", body, "po-number-taken", said, pointer="/number")


def test_a_purchase_without_a_number(fay: User) -> None:
    with refusal("po-number-missing"), pytest.raises(Refused, match="Give the PO number"):
        record_purchase("  ", by=fay, lines=[])
    assert not Entry.objects.filter(kind="purchase.recorded").exists()


def test_more_is_received_than_was_ordered(fay: User, client_of: Of, api_of: Of) -> None:
    purchase, _units = make_purchase(quantity=3)
    line = purchase.lines.get()
    said = "0 of 3 are still to come; you cannot receive 1"
    typed = {"line": line.pk, "quantity": "1", "received_on": "2025-08-02"}
    path = f"/purchases/{purchase.pk}/receive/"
    client = client_of(fay)
    page_says(client, path, client.shown(path) | typed, "more-than-ordered", said)
    body = {"line": line.number, "quantity": 1, "received_on": "2025-08-02"}
    path = f"purchases/{purchase.pk}/receive"
    rest_says(api_of(fay), path, body, "more-than-ordered", said, pointer="/quantity")


def test_more_than_all_of_an_award_is_federal(arp: Award, fay: User, client_of: Of) -> None:
    typed = {"program": arp.program_id, "name": "Other", "federal_percent": "100.5"}
    page = client_of(fay).post("/awards/new/", typed).content.decode()
    assert "less than or equal to 100" in page
    with refusal("percent"), pytest.raises(Refused, match="a percentage between 0 and 100"):
        create_award(by=fay, program=arp.program, name="Other", federal_percent=Decimal("100.5"))


def test_a_unit_that_is_a_thing_is_not_void(
    fay: User, lincoln: School, client_of: Of, api_of: Of
) -> None:
    _purchase, units = make_purchase()
    make_asset(school=lincoln, unit=units[0])
    said = "An item hangs on this unit; void that first"
    asked = {"reason": "Never came"}
    page_says(client_of(fay), f"/units/{units[0].pk}/void/", asked, "unit-has-asset", said)
    rest_says(api_of(fay), f"units/{units[0].pk}/void", asked, "unit-has-asset", said)


def test_a_void_unit_is_void(fay: User, arp: Award, client_of: Of, api_of: Of) -> None:
    _purchase, units = make_purchase()
    unit, said = void_unit(units[0], by=SYSTEM, reason="Never came"), "This unit was voided"
    api, path = api_of(fay), f"units/{unit.pk}"
    rest_says(api, f"{path}/void", {"reason": "x"}, "unit-void", said)
    rest_says(api, f"{path}/cost", {"cost": "1.00", "reason": "x"}, "unit-void", said)
    shares = [{"award": arp.pk, "percent": "100"}]
    rest_says(api, f"{path}/reclassify", {"shares": shares, "reason": "x"}, "unit-void", said)
    page_says(client_of(fay), f"/{path}/void/", {"reason": "x"}, "unit-void", said)


def test_an_award_that_begins_after_its_program_had_to_be_spent_is_no_riddle() -> None:
    """What the program says of its first awards is not taken for one that begins later."""
    program = create_program(
        by=SYSTEM, code="CARES", name="CARES", family="ug", obligate_by=date(2024, 9, 30)
    )
    first = create_award(by=SYSTEM, program=program, name="A", period_start=date(2021, 7, 1))
    later = create_award(by=SYSTEM, program=program, name="B", period_start=date(2026, 7, 1))
    assert (first.obligate_by, later.obligate_by) == (date(2024, 9, 30), None)


def test_days_that_cannot_be_are_refused_in_the_preview_of_a_list(arp: Award) -> None:
    text = (
        "Award,Program,Period start,Period end,Obligate by,Liquidate by\n"
        "A,ARP,2026-07-01,,,2026-06-30\nB,ARP,,2027-06-30,,2027-01-01\n"
        "C,ARP,2026-07-01,,2025-01-01,\nD,ARP,2026-07-01,2027-06-30,2027-06-30,2027-09-28\n"
    )
    session = look_at(text, kind="awards")
    wrong = {r.number: [f for f, _why in r.problems] for r in session.rows.order_by("number")}
    assert wrong == {2: ["liquidate_by"], 3: ["liquidate_by"], 4: ["obligate_by"], 5: []}
