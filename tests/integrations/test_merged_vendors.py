"""A vendor that was merged away does not come back by its name, at whatever door."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from core.access import SYSTEM
from core.problems import Refused
from funding.actions import create_vendor, ensure_lines, merge_vendors
from funding.actions.ensure import LineWanted
from funding.models import Purchase, Unit, Vendor
from people.models import User
from tests.integrations.conftest import Brings, bring, outcomes, why

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def acme() -> Vendor:
    """ACME Inc. was Acme Incorporated all the time, and that was Acme."""
    rows = [create_vendor(name, by=SYSTEM) for name in ("ACME Inc.", "Acme Incorporated", "Acme")]
    for loser, into in pairwise(rows):
        merge_vendors(loser, into=into, by=SYSTEM, reason="entered twice")
    return rows[-1]


def of(number: str) -> Vendor | None:
    return Purchase.objects.get(number=number).vendor


def test_a_file_that_names_it_buys_from_the_one_that_stayed(
    acme: Vendor, lincoln: object, equipment: object
) -> None:
    bring("Tag,Make,Model,Cost,PO,Vendor\nV1,HP,11,100,PO-1,acme inc.\nV2,HP,11,100,PO-2,New Co\n")
    assert of("PO-1") == acme
    assert str(of("PO-2")) == "New Co"
    assert list(Vendor.objects.filter(active=True).order_by("name")) == [acme, of("PO-2")]


HEAD = "Tag,Make,Model,Cost,PO,Vendor\n"


def test_its_name_means_the_one_that_stayed_and_no_other(
    acme: Vendor, lincoln: object, brings: Brings
) -> None:
    create_vendor("Dell", by=SYSTEM)
    brings(HEAD + "V1,HP,11,100,PO-1,Dell\nV2,HP,11,100,PO-2,Acme\n")
    session = brings(HEAD + "V3,HP,11,100,PO-1,ACME Inc.\n")
    assert outcomes(session) == {"refused": 1}
    assert why(session) == "Purchase PO-1 is with Dell."
    assert (Unit.objects.count(), str(of("PO-1"))) == (2, "Dell")
    assert outcomes(brings(HEAD + "V4,HP,11,100,PO-2,ACME Inc.\n")) == {"create": 1}
    assert of("PO-2") == acme


def test_one_purchase_by_both_of_its_names(acme: Vendor, lincoln: object, brings: Brings) -> None:
    rows = "V1,HP,11,100,PO-1,Acme Incorporated\nV2,HP,11,100,PO-1,acme\nV3,HP,11,100,PO-1,Dell\n"
    session = brings(HEAD + rows)
    assert outcomes(session) == {"create": 2, "refused": 1}
    assert "is said to be with Acme Incorporated and with Dell" in why(session)
    assert (of("PO-1"), Vendor.objects.filter(name="Dell").exists()) == (acme, False)


def test_another_vendor_than_the_purchases_is_told_by_an_old_name_too(
    acme: Vendor, lincoln: object, brings: Brings
) -> None:
    brings(HEAD + "V1,HP,11,100,PO-1,Dell\nV2,HP,11,100,PO-2,Acme\n")
    session = brings(HEAD + "V1,HP,11,100,PO-1,ACME Inc.\nV2,HP,11,100,PO-2,ACME Inc.\n")
    assert outcomes(session) == {"same": 2}
    told = [row.warnings for row in session.rows.order_by("number")]
    assert told == [["Not taken over: Vendor ACME Inc. (here: Dell)."], []]


@pytest.mark.untrue(reason="a vendor that was put out of use and not merged")
def test_a_vendor_that_is_out_of_use_is_called_as_ever(
    acme: Vendor, lincoln: object, brings: Brings
) -> None:
    dell = create_vendor("Dell", by=SYSTEM)
    brings(HEAD + "V1,HP,11,100,PO-1,Dell\nV2,HP,11,100,PO-2,Acme\n")
    Vendor.objects.filter(pk=dell.pk).update(active=False)
    session = brings(HEAD + "V3,HP,11,100,PO-1,dell\nV4,HP,11,100,PO-2,Dell\n")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert why(session) == "Purchase PO-2 is with Acme."


def test_the_lines_of_other_lists_too(acme: Vendor) -> None:
    create_vendor("Dell", by=SYSTEM)
    ensure_lines([LineWanted("PO-1", vendor="Dell")], by=SYSTEM)
    both = [LineWanted("PO-2", vendor="ACME Inc."), LineWanted("PO-2", "I-1", "Acme")]
    assert len(ensure_lines(both, by=SYSTEM)) == 2
    with pytest.raises(Refused, match="is with Dell"):
        ensure_lines([LineWanted("PO-1", vendor="ACME Inc.")], by=SYSTEM)
    with pytest.raises(Refused, match=r"with ACME Inc\. and with Dell"):
        ensure_lines(
            [LineWanted("PO-3", vendor="ACME Inc."), LineWanted("PO-3", vendor="Dell")], by=SYSTEM
        )


def test_the_page_of_a_new_purchase_too(
    acme: Vendor, fay: User, client_of: Callable[[User], Client]
) -> None:
    data = {
        "number": "PO-3",
        "vendor": "ACME INC.",
        "description": "Laptops",
        "quantity": 1,
        "unit_cost": 5,
    }
    answer = client_of(fay).post(reverse("purchase-new"), data)
    assert answer.status_code == 302, answer.content.decode()
    assert of("PO-3") == acme
