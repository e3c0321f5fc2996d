"""The pages that put mistakes right: what they would write is seen first, and can be undone."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import merge_assets, move_asset
from assets.models import Asset, Status
from core.journal import verify
from core.models import Entry
from people.models import School, User
from tests.factories import make_asset
from tests.forms import confirmation

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def test_a_correction_is_seen_before_it_is_recorded(
    ana: User, lincoln: School, client_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="100601", serial="WR0NG-1")
    address, client = f"/assets/{asset.pk}/correct/", client_of(ana)
    before = Entry.objects.count()
    typed = {"tag": "100601", "serial": "WRONG-1", "product": asset.product_id, "reason": "A zero"}
    page = client.post(address, typed).content.decode()
    assert "WR0NG-1 → <strong>WRONG-1</strong>" in page
    assert Entry.objects.count() == before
    assert Asset.objects.get(pk=asset.pk).serial == "WR0NG-1"
    client.post(address, confirmation(page, address))
    assert Asset.objects.get(pk=asset.pk).serial == "WRONG-1"
    assert Entry.objects.count() == before + 1
    assert verify.verify().findings == []


def test_what_changed_since_the_preview_is_seen_anew(
    ana: User, tom: User, lincoln: School, client_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="100602")
    address, client = f"/assets/{asset.pk}/void/", client_of(ana)
    page = client.post(address, {"reason": "Scanned without an item"}).content.decode()
    move_asset(asset, to=lincoln.rooms.get(code="LIB"), by=tom)  # Tom has it in his hands
    again = client.post(address, confirmation(page, address)).content.decode()
    assert "What will be recorded" in again
    assert Asset.objects.get(pk=asset.pk).status == Status.IN_STOCK
    client.post(address, confirmation(again, address))
    assert Asset.objects.get(pk=asset.pk).status == Status.VOID


def test_a_refused_mistake_says_so_before_the_preview(
    ana: User, lincoln: School, client_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="100603")
    typed = {"into": "100603", "reason": "Twice"}
    page = client_of(ana).post(f"/assets/{asset.pk}/merge/", typed).content.decode()
    assert "This is the asset itself. Choose another one." in page
    assert "What will be recorded" not in page


def test_a_void_thing_offers_to_be_reinstated(ana: User, lincoln: School, client_of: Of) -> None:
    asset = make_asset(school=lincoln, tag="100604", serial="S-604")
    client = client_of(ana)
    for act, reason in (("void", "Never came"), ("reinstate", "It came after all")):
        address = f"/assets/{asset.pk}/{act}/"
        assert address in client.get(f"/assets/{asset.pk}/").content.decode()
        page = client.post(address, {"reason": reason}).content.decode()
        client.post(address, confirmation(page, address))
    asset.refresh_from_db()
    assert asset.status == Status.IN_STOCK
    page = client.get(f"/assets/{asset.pk}/").content.decode()
    assert "It is not void after all (It came after all)" in page


def test_the_winner_of_a_merge_offers_its_undo(ana: User, lincoln: School, client_of: Of) -> None:
    winner, loser = (make_asset(school=lincoln, tag=tag) for tag in ("100605", "100606"))
    merge_assets(loser, into=winner, by=ana, reason="Tagged twice")
    client = client_of(ana)
    page = client.get(f"/assets/{winner.pk}/").content.decode()
    assert "100606 was merged into this." in page
    address = f"/assets/{loser.pk}/unmerge/"
    assert address in page
    client.post(address, {"reason": "Two after all"})
    assert Asset.objects.get(pk=loser.pk).merged_into is None


def test_a_status_is_offered_only_where_the_life_table_leads(
    tom: User, lincoln: School, client_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="100607")
    page = client_of(tom).get(f"/assets/{asset.pk}/status/").content.decode()
    assert all(f'value="{s}"' in page for s in ("in_repair", "missing", "surplus"))
    assert not any(f'value="{s}"' in page for s in ("void", "disposed", "lost", "received"))


def test_one_reason_is_said_once_for_all_it_forbids(
    ana: User, lincoln: School, client_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="100608", status=Status.DISPOSED, legacy=True)
    page = client_of(ana).get(f"/assets/{asset.pk}/").content.decode()
    assert page.count("100608 is disposed; nothing more can be done with it") == 1
