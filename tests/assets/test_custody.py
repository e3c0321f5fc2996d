"""An asset is with one person at a time, and everybody is told why not."""

from datetime import timedelta

import pytest

from assets.actions import (
    assign_asset,
    assign_assets,
    change_status,
    dispose_asset,
    move_asset,
    return_asset,
)
from assets.models import Asset, AssetSpan, Assignment, Status
from core.models import Entry
from core.problems import NotPermitted, Refused
from core.time import days
from people.models import Person, Room, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db


def test_tom_hands_a_chromebook_to_maria(tom: User, lincoln: School, maria: Person) -> None:
    asset = make_asset(school=lincoln)
    assign_asset(asset, to=maria, by=tom)
    asset.refresh_from_db()
    assert (asset.status, asset.place, asset.holder) == (Status.IN_USE, "person", maria)
    entry = Entry.objects.of(asset).get(kind="asset.assigned")
    assert entry.changes["holder"] == [None, maria.pk]
    assert entry.by_id == tom.pk


def test_the_second_hand_out_is_refused_with_a_sentence(
    tom: User, lincoln: School, maria: Person, jamal: Person
) -> None:
    asset = make_asset(school=lincoln)
    assign_asset(asset, to=maria, by=tom)
    with pytest.raises(Refused) as refusal:
        assign_asset(asset, to=jamal, by=tom)
    assert refusal.value.problems[0].code == "assigned-already"
    assert "Check it in first" in str(refusal.value)
    assert Assignment.objects.filter(asset=asset).count() == 1


def test_tom_cannot_assign_a_device_of_another_school(
    tom: User, ned: User, washington: School, maria: Person
) -> None:
    asset = make_asset(school=washington)
    with pytest.raises(Asset.DoesNotExist):
        assign_asset(asset, to=maria, by=tom)
    with pytest.raises(Person.DoesNotExist):
        assign_asset(asset, to=maria, by=ned)


def test_vic_may_look_but_not_hand_out(vic: User, lincoln: School, maria: Person) -> None:
    asset = make_asset(school=lincoln)
    with pytest.raises(NotPermitted):
        assign_asset(asset, to=maria, by=vic)
    assert not Assignment.objects.exists()


def test_somebody_without_memberships_sees_nothing(district: object, lincoln: School) -> None:
    from tests.cast import make_user

    make_asset(school=lincoln)
    assert not Asset.objects.visible_to(make_user("Zoe", None)).exists()
    assert not Asset.objects.visible_to(None).exists()


def test_lost_needs_a_case(tom: User, lincoln: School) -> None:
    asset = make_asset(school=lincoln)
    with pytest.raises(Refused) as refusal:
        change_status(asset, to=Status.LOST, by=tom)
    assert refusal.value.problems[0].code == "case-required"


def test_a_device_that_is_out_cannot_be_disposed(
    ana: User, tom: User, lincoln: School, maria: Person
) -> None:
    asset = make_asset(school=lincoln)
    assign_asset(asset, to=maria, by=tom)
    with pytest.raises(Refused) as refusal:
        dispose_asset(asset, by=ana, method="sold", disposed_on=days.today())
    assert refusal.value.problems[0].code == "assigned"


def test_a_backdated_hand_out_does_not_undo_a_later_fact(
    tom: User, lincoln: School, maria: Person, room: Room, library: Room
) -> None:
    start = days.now() - timedelta(days=30)
    asset = make_asset(school=lincoln, room=room, at=start)
    move_asset(asset, to=library, by=tom, at=start + timedelta(days=10))
    assign_asset(asset, to=maria, by=tom, at=start + timedelta(days=5))
    asset.refresh_from_db()
    assert asset.holder == maria
    assert asset.room == library  # the later move keeps its word
    spans = asset.spans.as_of(start + timedelta(days=7)).get()
    assert spans.person == maria


def test_as_of_tells_what_was_known_then(
    tom: User, lincoln: School, maria: Person, library: Room
) -> None:
    start = days.now() - timedelta(days=30)
    asset = make_asset(school=lincoln, at=start)
    known_before = days.now()
    assign_asset(asset, to=maria, by=tom, at=start + timedelta(days=5))
    at = start + timedelta(days=6)
    assert asset.spans.as_of(at).get().holder == maria
    assert asset.spans.as_of(at, known_before).get().holder is None
    return_asset(asset, by=tom, room=library)
    assert asset.spans.as_of(at).get().holder == maria
    assert asset.spans.as_of(days.now()).get().holder is None


def test_a_loan_opens_when_its_span_begins(tom: User, maria: Person, lincoln: School) -> None:
    """A correction from its beginning then reaches all of it, and who holds it now."""
    for door in ("one", "many"):
        asset = make_asset(school=lincoln)
        if door == "one":
            assign_asset(asset, to=maria, by=tom)
        else:
            assign_assets([(asset, maria)], by=tom)
        opened = Assignment.objects.get(asset=asset).opened_at
        assert AssetSpan.objects.known().get(asset=asset, holder=maria).valid_from == opened
