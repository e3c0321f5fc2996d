"""Who had it all along is put right: wherever it was told to be with the wrong person, too."""

import pytest
from django.db.models import F

from assets.actions import assign_asset, correct_asset, move_asset
from assets.models import AssetSpan, Place
from core.access import SYSTEM
from core.journal import verify
from people.actions import PersonDraft, add_person
from people.models import Person, Room, School
from tests.factories import make_asset

pytestmark = pytest.mark.django_db


def test_it_is_with_whom_had_it_where_a_later_word_named_the_wrong_person(
    lincoln: School, washington: School, room: Room, maria: Person
) -> None:
    draft = PersonDraft(local_id="9", school=lincoln, first_name="Mia", last_name="Vane")
    mia = add_person(draft, by=SYSTEM)
    asset = make_asset(school=lincoln, tag="CH1")
    assign_asset(asset, to=mia, by=SYSTEM)
    asset = move_asset(asset, to=room, by=SYSTEM)
    asset = correct_asset(asset, by=SYSTEM, reason="Never there", school=washington)
    assert (asset.place, asset.person) == (Place.PERSON, mia), "it is in no room of another school"
    asset = correct_asset(asset, by=SYSTEM, reason="A mix-up", holder=maria)
    asset.refresh_from_db()
    assert (asset.place, asset.person, asset.holder) == (Place.PERSON, maria, maria)
    known = AssetSpan.objects.known().filter(asset=asset).exclude(valid_to=F("valid_from"))
    assert not known.filter(person=mia, holder=maria).exists()
    assert known.get(valid_to=None).person == maria
    assert verify.verify().findings == []
