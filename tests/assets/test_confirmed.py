"""What is confirmed is what was shown; where it would be something else by now, that is shown."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from assets.actions import assign_asset, correct_asset, merge_assets
from assets.models import Asset
from core.access import SYSTEM
from core.models import Entry
from people.actions import change_person, merge_people
from people.models import Person, School, User
from tests.factories import make_asset, make_student
from tests.forms import confirmation

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
CHANGED = "This is no more what you looked at"


@pytest.fixture
def pair(lincoln: School) -> tuple[Person, Person]:
    """Two people whose ids somebody is about to put right."""
    right = make_student(school=lincoln, first="Right", last="One")
    wrong = make_student(school=lincoln, first="Wrong", last="Two")
    return change_person(right, by=SYSTEM, local_id="B-1"), wrong


def swap(right: Person, wrong: Person) -> None:
    """The id that meant the one means the other."""
    change_person(right, by=SYSTEM, local_id="D-1")
    change_person(wrong, by=SYSTEM, local_id="B-1")


def test_nobody_is_merged_into_whom_nobody_saw(
    ana: User, maria: Person, pair: tuple[Person, Person], client_of: Of
) -> None:
    client, page = client_of(ana), f"/people/{maria.pk}/merge/"
    seen = client.post(page, {"into": "B-1", "reason": "Twice"}).content.decode()
    swap(*pair)
    told = client.post(page, confirmation(seen, page)).content.decode()
    assert CHANGED in told and "What will be recorded" in told
    assert Person.objects.get(pk=maria.pk).merged_into is None
    client.post(page, confirmation(told, page))
    assert Person.objects.get(pk=maria.pk).merged_into == pair[1], "this one she saw"


def test_whom_a_person_is_parted_from_is_whom_the_page_showed(
    ana: User, maria: Person, pair: tuple[Person, Person], client_of: Of
) -> None:
    merge_people(maria, into=pair[0], by=SYSTEM, reason="Twice")
    client, page = client_of(ana), f"/people/{maria.pk}/unmerge/"
    seen = client.post(page, {"reason": "Two"}).content.decode()
    swap(*pair)
    assert CHANGED in client.post(page, confirmation(seen, page)).content.decode()
    assert Person.objects.get(pk=maria.pk).merged_into == pair[0]


def test_a_thing_is_said_to_be_of_nobody_whom_nobody_saw(
    ana: User, lincoln: School, maria: Person, pair: tuple[Person, Person], client_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="100700")
    assign_asset(asset, to=maria, by=SYSTEM)
    client, page = client_of(ana), f"/assets/{asset.pk}/correct/"
    typed = {"tag": "100700", "serial": asset.serial, "product": asset.product_id}
    typed |= {"holder": "B-1", "reason": "The wrong one"}
    seen = client.post(page, typed).content.decode()
    assert "What will be recorded" in seen and CHANGED not in seen
    swap(*pair)
    told = client.post(page, confirmation(seen, page)).content.decode()
    assert CHANGED in told
    assert Asset.objects.get(pk=asset.pk).holder == maria
    client.post(page, confirmation(told, page))
    assert Asset.objects.get(pk=asset.pk).holder == pair[1]


def test_a_thing_goes_only_into_what_was_shown(ana: User, lincoln: School, client_of: Of) -> None:
    ends, stays, other = (make_asset(school=lincoln, tag=f"10071{n}") for n in range(3))
    client, page = client_of(ana), f"/assets/{ends.pk}/merge/"
    seen = client.post(page, {"into": "100711", "reason": "Twice"}).content.decode()
    merge_assets(stays, into=other, by=SYSTEM, reason="These are one")
    told = client.post(page, confirmation(seen, page)).content.decode()
    assert CHANGED in told
    assert Asset.objects.get(pk=ends.pk).merged_into is None


@pytest.mark.parametrize("which", ["ends", "stays"])
def test_what_became_another_thing_since_is_looked_at_again(
    ana: User, lincoln: School, client_of: Of, which: str
) -> None:
    """Though every sentence of the preview reads as before."""
    ends, stays = (make_asset(school=lincoln, tag=tag) for tag in ("100720", "100721"))
    client, page = client_of(ana), f"/assets/{ends.pk}/merge/"
    seen = client.post(page, {"into": "100721", "reason": "Twice"}).content.decode()
    changed = ends if which == "ends" else stays
    correct_asset(changed, by=SYSTEM, reason="Another item", serial="OTHER-9")
    before = Entry.objects.count()
    told = client.post(page, confirmation(seen, page)).content.decode()
    assert CHANGED in told
    assert Asset.objects.get(pk=ends.pk).merged_into is None
    assert Entry.objects.count() == before
    assert client.post(page, confirmation(told, page)).status_code == 302


def test_what_nobody_touched_is_done_as_confirmed_also_later(
    ana: User, lincoln: School, maria: Person, pair: tuple[Person, Person], client_of: Of
) -> None:
    """News of others (here: another person, another thing) takes nothing from what was seen."""
    with time_machine.travel("2026-12-02T16:00:00Z", tick=False):
        asset = make_asset(school=lincoln, tag="100730")
        assign_asset(asset, to=maria, by=SYSTEM)
        client, page = client_of(ana), f"/assets/{asset.pk}/correct/"
        typed = {"tag": "100731", "serial": "S-9", "product": asset.product_id}
        typed |= {"holder": "B-1", "reason": "Misread"}
        seen = client.post(page, typed).content.decode()
    with time_machine.travel("2026-12-02T17:30:00Z", tick=False):
        change_person(pair[1], by=SYSTEM, grade="9")
        make_asset(school=lincoln, tag="100732")
        assert client.post(page, confirmation(seen, page)).status_code == 302
    asset.refresh_from_db()
    assert (asset.tag, asset.serial, asset.holder) == ("100731", "S-9", pair[0])


def test_what_ana_saw_confirms_nothing_of_another(
    ana: User, lincoln: School, client_of: Of
) -> None:
    one, other = (make_asset(school=lincoln, tag=tag) for tag in ("100740", "100741"))
    client, page, next_ = client_of(ana), f"/assets/{one.pk}/void/", f"/assets/{other.pk}/void/"
    seen = confirmation(client.post(page, {"reason": "Never came"}).content.decode(), page)
    assert CHANGED in client.post(next_, seen).content.decode()
    for made_up in (str(one.version), "", "é"):
        assert CHANGED in client.post(page, seen | {"confirmed": made_up}).content.decode()
    assert CHANGED in client.post(page, seen | {"reason": "Stolen"}).content.decode()
    assert not Entry.objects.filter(kind="asset.voided").exists()
    assert client.post(page, seen).status_code == 302
