"""Words of other systems for what a thing is: known from closed lists, or asked for once; what is
out never comes in as in stock."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.actions import create_category
from assets.models import Asset, Category
from core.access import SYSTEM
from people.models import Person, Room, School, User
from tests.integrations.bringing import (
    Bring,
    apply_on_page,
    bring,
    by_command,
    by_page,
    odd,
    settle,
)
from tests.integrations.conftest import bring as bring_text
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.holders import aaliyah, somebody, statuses, why

pytestmark = pytest.mark.django_db
__all__ = ["aaliyah", "bring"]


def test_two_spellings_of_a_category_are_one(
    lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ana)
    session = by_page(client, "assets", odd("u1_two_spellings"))
    assert session.unknown["category"] == {"Widget": {"count": 3, "also": ["widget", "WIDGET"]}}
    assert set(session.unknown["status"]) == {"In Storage"}
    assert set(session.unknown["condition"]) == {"N/A", "Excellent"}
    assert {n: p["key"] for n, p in session.words["status"].items()} == {
        "Available": "in_stock",
        "Deployed": "in_use",
    }
    page = client.get(reverse("import", args=[session.pk])).content.decode()
    assert "Deployed → In use" in page
    assert "Snipe-IT" in page
    client.post(reverse("import-unknown", args=[session.pk]), {"all": "1"})
    assert list(Category.objects.values_list("name", flat=True)) == ["Widget"]
    session.refresh_from_db()
    session = settle(client, session, {})
    assert session.unknown == {}, "proposals were taken as they stood"
    apply_on_page(client, session)
    assert statuses() == {"ZW001": "in_stock", "ZW002": "in_stock", "ZW003": "in_use"}
    conditions = dict(Asset.objects.values_list("tag", "condition"))
    assert conditions == {"ZW001": "broken", "ZW002": "", "ZW003": "good"}
    again = by_page(client, "assets", odd("u1_two_spellings"))
    assert outcomes(again) == {"same": 3}
    assert again.words["condition"]["N/A"]["how"] == "remembered"


def test_two_spellings_by_command(lincoln: School) -> None:
    said = ["status:in storage=in_stock", "condition:EXCELLENT=good", "condition:n/a=-"]
    session = by_command(
        "assets", odd("u1_two_spellings"), create_unknown=True, apply=True, word=said
    )
    assert outcomes(session) == {"create": 3}
    assert list(Category.objects.values_list("name", flat=True)) == ["Widget"]


def test_snipe_it_words_and_holders(aaliyah: Person, bring: Bring) -> None:
    create_category("Chromebook", by=SYSTEM)
    session = bring("assets", odd("s9_snipe"), apply=True)
    assert set(session.unknown["status"]) == {"Archived"}
    assert statuses() == {"ZSN001": "in_stock", "ZSN002": "in_use"}
    assert Asset.objects.get(tag="ZSN002").holder == aaliyah
    assert str(Asset.objects.get(tag="ZSN002").unit.cost) == "279.00"  # type: ignore[union-attr]


def test_a_checked_out_thing_is_never_in_stock(
    lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    create_category("Laptop", by=SYSTEM)
    tess = somebody(lincoln, "77", "Tess User", "tess.user@example.org")
    client = client_of(ana)
    session = by_page(client, "assets", odd("s11_checked_out_columns"))
    assert why(session) == {4: ["There is no room LIN Room 5."]}
    session = settle(client, session, {"LIN Room 5": "create it"})
    apply_on_page(client, session)
    assert statuses() == {"ZK-1001": "in_stock", "ZK-1002": "in_use", "ZK-1003": "in_use"}
    assert Asset.objects.get(tag="ZK-1002").holder == tess
    assert Asset.objects.get(tag="ZK-1003").room == Room.objects.get(code="Room 5")


def test_a_checked_out_thing_by_command(lincoln: School) -> None:
    create_category("Laptop", by=SYSTEM)
    session = by_command("assets", odd("s11_checked_out_columns"), create_unknown=True, apply=True)
    assert statuses() == {"ZK-1001": "in_stock", "ZK-1003": "in_use"}
    assert "Nobody has the id, e-mail, user name or name tess.user." in why(session)[3]


def test_who_or_where_is_missing_from_a_row_that_says_out(lincoln: School, ana: User) -> None:
    session = look_at("Tag,Checkout Type\n1,User\n2,Location\n3,Asset\n", by=ana, category="Other")
    assert {n: p[0] for n, p in why(session).items()} == {
        2: "The row says that a person has it, and not who.",
        3: "The row says that it is out to a place, and not to which.",
        4: "It is out to another item. Say in which room or with whom it is.",
    }


def test_google_words_are_asked_for_and_proposed(
    lincoln: School, bring: Bring, ana: User, client_of: Callable[[User], Client]
) -> None:
    create_category("Chromebook", by=SYSTEM)
    kid = somebody(lincoln, "9001", "Kid One", "Kid1@demo.example")
    session = bring("assets", odd("s10_gam_cros"), category="Chromebook")
    assert outcomes(session) == {"refused": 2}
    assert session.unknown == {"status": {"ACTIVE": {"count": 1}, "DEPROVISIONED": {"count": 1}}}
    client = client_of(ana)
    session = settle(client, session, {"DEPROVISIONED": "it is Awaiting disposal"})
    apply_on_page(client, session)
    assert statuses() == {"ZG001": "in_use", "ZG002": "awaiting_disposal"}
    assert Asset.objects.get(tag="ZG001").holder == kid
    assert Asset.objects.get(tag="ZG001").serial == "NXG0001"
    again = by_page(client, "assets", odd("s10_gam_cros"), category="Chromebook")
    assert outcomes(again) == {"same": 2}


def test_a_word_that_says_nothing_leaves_a_thing_and_brings_no_new_one(
    equipment: Category, ana: User, client_of: Callable[[User], Client]
) -> None:
    bring_text("Tag,Status\n1,In repair\n", by=ana)
    session = look_at("Tag,Status\n1,ACTIVE\n2,active\n", by=ana)
    session = settle(client_of(ana), session, {"ACTIVE": "says nothing: leave it as it is"})
    assert outcomes(session) == {"same": 1, "refused": 1}
    assert why(session) == {3: ["Its status says nothing, and it is new here: give it one."]}
