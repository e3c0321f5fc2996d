"""Registering: what was scanned was seen, and a purchase line says what its things are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset, Verification
from core.access import SYSTEM
from core.models import Entry
from core.time import days
from funding.models import PurchaseLine
from people.actions import add_membership
from people.models import Room, School, User
from people.roles import Role
from tests.factories import make_asset, make_product, make_purchase
from tests.forms import scanned

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
Api = Callable[..., Client]


def typed(school: School, **values: Any) -> dict[str, Any]:
    return {"tag": "100901", "school": school.pk, "status": "in_stock"} | values


def named(school: School, **values: Any) -> dict[str, Any]:
    product = make_product()
    known = {"category": product.category_id, "make": product.make, "model": product.model}
    return typed(school, **known | values)


def test_what_tom_scans_and_registers_was_seen_today_where_he_put_it(
    tom: User, lincoln: School, room: Room, client_of: Of
) -> None:
    page = client_of(tom)
    page.post("/scan/", {"mode": "tag"})
    there = scanned(page, "100901")["Location"]
    form = page.get(there).context["form"]
    sent = named(lincoln, room=room.pk, scanned=form["scanned"].value())
    assert page.post(there, sent).status_code == 302
    asset = Asset.objects.get()
    assert asset.last_verified_on == days.today()
    seen = Verification.objects.get()
    assert (seen.asset, seen.room, seen.by, seen.method) == (asset, room, tom, "scan")
    entry = Entry.objects.get(kind="asset.registered")
    told = entry.data["rows"]
    assert [
        row["room"] for part, rows in told.items() if "verification" in part for row in rows
    ] == [room.pk], told


def test_what_tom_types_was_not_seen_and_neither_was_what_is_lost(
    tom: User, lincoln: School, client_of: Of
) -> None:
    page = client_of(tom)
    page.post("/assets/new/", named(lincoln))
    page.post(
        "/assets/new/?code=100902",
        named(
            lincoln,
            tag="100902",
            scanned="True",
            status="lost",
            legacy="on",
            status_on="2026-01-05",
        ),
    )
    assert Asset.objects.count() == 2
    assert not Verification.objects.exists()
    assert set(Asset.objects.values_list("last_verified_on", flat=True)) == {None}


@pytest.mark.parametrize("path", ["assets", "assets/bulk"])
def test_a_robots_scan_is_a_sighting_too(
    path: str, rob: User, lincoln: School, room: Room, api_of: Api
) -> None:
    body: Any = {
        "tag": "100901",
        "product": make_product().pk,
        "school": lincoln.pk,
        "room": room.pk,
    }
    for tag, more in (("100901", {"seen": True}), ("100902", {})):
        one = body | {"tag": tag} | more
        sent = {"assets": [one]} if path.endswith("bulk") else one
        answer = api_of(rob).post(f"/api/v1/{path}", sent, content_type="application/json")
        assert answer.status_code in (200, 201), answer.content
    seen = Verification.objects.get()
    assert (seen.asset.tag, seen.room, seen.by_id) == ("100901", room, rob.pk)
    assert seen.asset.last_verified_on == days.today()


def test_a_chosen_line_stands_in_for_what_is_left_empty(
    tom: User, lincoln: School, client_of: Of
) -> None:
    product = make_product()
    _, units = make_purchase(what="ACER  Chromebook 311")
    line = units[0].line_id
    page = client_of(tom)
    html = page.get("/assets/new/").content.decode()
    assert f'data-category="{product.category_id}" data-make="Acer"' in html
    assert page.get(f"/assets/new/?line={line}").context["form"]["model"].value() == product.model
    assert page.post("/assets/new/", typed(lincoln, line=line)).status_code == 302
    assert Asset.objects.get().product == product


def test_what_was_tagged_of_a_line_says_what_the_rest_is(
    tom: User, lincoln: School, client_of: Of
) -> None:
    _, units = make_purchase(what="Devices as quoted")
    page = client_of(tom)
    answer = page.post("/assets/new/", typed(lincoln, line=units[0].line_id))
    assert "Choose a category" in answer.content.decode()
    epson = make_product(make="Epson", model="EB-685W", category="Projector")
    make_asset(school=lincoln, unit=units[0], product=epson)
    page.post("/assets/new/", typed(lincoln, line=units[0].line_id))
    assert Asset.objects.get(tag="100901").product == epson
    make_asset(school=lincoln, unit=units[2], product=make_product())
    html = page.get("/assets/new/").content.decode()
    assert "data-make" not in html, "items of two kinds: nobody knows what the next is"


def test_what_was_typed_otherwise_stays(tom: User, lincoln: School, client_of: Of) -> None:
    product = make_product()
    make_product(model="Chromebook 512")
    _, units = make_purchase(what="Acer Chromebook 311")
    sent = named(lincoln, line=units[0].line_id, model="Chromebook 512")
    assert client_of(tom).post("/assets/new/", sent).status_code == 302
    assert Asset.objects.get().product.model == "Chromebook 512" != product.model


def test_a_part_of_a_description_is_no_product(tom: User, lincoln: School, client_of: Of) -> None:
    make_product()
    make_purchase(what="Cases for Acer Chromebook 311")
    assert PurchaseLine.objects.count() == 1
    assert "data-make" not in client_of(tom).get("/assets/new/").content.decode()


@pytest.mark.parametrize("status", ["void", "disposed"])
def test_tom_registers_nothing_that_was_voided_or_left(
    status: str, tom: User, lincoln: School, client_of: Of
) -> None:
    """To void a thing and to dispose of it are acts of their own, and none of Tom's."""
    page = client_of(tom)
    offered = dict(page.get("/assets/new/").context["form"].fields["status"].choices)
    assert status not in offered
    assert "lost" in offered, "what he knows of an old thing he may say"
    answer = page.post("/assets/new/", named(lincoln, status=status, legacy="on"))
    assert answer.context["form"].errors["status"]
    assert not Asset.objects.exists()
    assert page.post("/assets/new/", named(lincoln)).status_code == 302, "the tag is free"


def test_ana_registers_what_left_before_but_nothing_void(
    ana: User, lincoln: School, client_of: Of
) -> None:
    page = client_of(ana)
    answer = page.post("/assets/new/", named(lincoln, status="void", legacy="on"))
    assert answer.context["form"].errors["status"]
    left = named(lincoln, status="disposed", legacy="on", status_on="2025-06-01")
    assert page.post("/assets/new/", left).status_code == 302
    assert Asset.objects.get().status == "disposed"


def test_who_disposes_of_things_next_door_registers_none_as_disposed_here(
    tom: User, lincoln: School, washington: School, client_of: Of
) -> None:
    add_membership(tom, by=SYSTEM, role=Role.TECHNOLOGY_DIRECTOR, school=washington)
    page, left = client_of(tom), {"status": "disposed", "legacy": "on", "status_on": "2025-06-01"}
    answer = page.post("/assets/new/", named(lincoln, **left))
    assert "does not dispose of items at this school" in answer.content.decode()
    assert not Asset.objects.exists()
