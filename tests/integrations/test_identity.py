"""Which thing a row means: where tag and serial lead apart, the row asks; nothing changes
unasked."""

import pytest

from assets.models import Asset, AssetCode
from core.journal import verify
from core.models import Entry
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_product
from tests.integrations.conftest import Brings, outcomes, undo, why
from tests.integrations.lookalikes import laptop, projector, shape

__all__ = ["laptop", "projector"]

pytestmark = pytest.mark.django_db
HEADER = "Asset Tag,Serial,Make,Model,School"


def test_a_students_laptop_never_becomes_a_projector_unasked(
    brings: Brings, laptop: Asset, maria: Person
) -> None:
    session = brings(f"{HEADER}\nL-1,PRO9,Epson,EB1,LIN\n")
    assert outcomes(session) == {"refused": 1}
    for said in ("L-1", "LAP1", "Acer C311", maria.local_id, "PRO9", "Epson", "EB1"):
        assert said in why(session)
    assert shape(laptop) == ("L-1", "LAP1", "Acer", "C311")


def test_correct_that_one_is_an_act_with_its_reason_and_is_undone(
    brings: Brings, laptop: Asset, ana: User
) -> None:
    session = brings(f"{HEADER}\nL-1,LAP2,Acer,C312,LIN\n", "other=correct")
    assert outcomes(session) == {"update": 1}
    assert shape(laptop) == ("L-1", "LAP2", "Acer", "C312")
    entry = Entry.objects.of(laptop).filter(kind="asset.corrected").get()
    assert entry.by_id == ana.pk
    undo(session, by=ana)
    assert shape(laptop) == ("L-1", "LAP1", "Acer", "C311")
    assert verify.verify().findings == []


def test_it_is_that_one_and_the_register_is_right(brings: Brings, laptop: Asset) -> None:
    session = brings(f"{HEADER},Notes\nL-1,LAP1,ACER INC,C311,LIN,blue\n", "other=keep")
    assert shape(laptop) == ("L-1", "LAP1", "Acer", "C311")
    laptop.refresh_from_db()
    assert laptop.description == "blue"
    assert outcomes(session) == {"update": 1}


def test_another_thing_gets_another_tag(brings: Brings, laptop: Asset) -> None:
    brings(f"{HEADER}\nL-1,PRO9,Epson,EB1,LIN\n", "other=retag")
    new = Asset.objects.get(serial="PRO9")
    assert shape(laptop) == ("L-1", "LAP1", "Acer", "C311")
    assert new.tag not in ("", "L-1")
    assert str(new.product) == "Epson EB1"


def test_tag_of_one_and_serial_of_another_name_both(
    brings: Brings, laptop: Asset, projector: Asset
) -> None:
    session = brings(f"{HEADER}\nL-1,PRO1,Epson,EB1,LIN\n")
    assert outcomes(session) == {"refused": 1}
    for said in ("L-1", "LAP1", "Acer C311", "P-1", "PRO1", "Epson EB1"):
        assert said in why(session)


def test_these_are_one_merges_them_and_undo_makes_them_two_again(
    brings: Brings, laptop: Asset, projector: Asset, maria: Person, ana: User
) -> None:
    room = projector.room
    session = brings(f"{HEADER}\nL-1,PRO1,Epson,EB1,LIN\n", "two=merge")
    assert outcomes(session) == {"update": 1}
    projector.refresh_from_db()
    assert projector.merged_into == laptop
    assert shape(laptop) == ("L-1", "PRO1", "Epson", "EB1")
    assert AssetCode.objects.get(key="p-1").asset == laptop
    undo(session, by=ana)
    projector.refresh_from_db()
    laptop.refresh_from_db()
    assert (projector.merged_into, projector.room, projector.status) == (None, room, "in_stock")
    assert shape(projector) == ("P-1", "PRO1", "Epson", "EB1")
    assert shape(laptop) == ("L-1", "LAP1", "Acer", "C311")
    assert laptop.holder == maria
    assert verify.verify().findings == []


def test_the_one_with_the_serial_keeps_its_tag(
    brings: Brings, laptop: Asset, projector: Asset
) -> None:
    brings(f"{HEADER},Notes\nL-1,PRO1,Epson,EB1,LIN,bright\n", "two=retag")
    projector.refresh_from_db()
    assert (projector.tag, projector.description) == ("P-1", "bright")
    assert shape(laptop) == ("L-1", "LAP1", "Acer", "C311")


@pytest.mark.parametrize(
    ("settle", "tag", "codes"), [("serial=correct", "P-2", 1), ("serial=retag", "P-1", 0)]
)
def test_a_known_serial_with_a_new_tag_asks(
    brings: Brings, projector: Asset, settle: str, tag: str, codes: int, ana: User
) -> None:
    text = f"{HEADER},Notes\nP-2,PRO1,Epson,EB1,LIN,bright\n"
    assert outcomes(brings(text)) == {"refused": 1}
    session = brings(text, settle)
    projector.refresh_from_db()
    assert (projector.tag, projector.description) == (tag, "bright")
    assert projector.codes.count() == codes, "an old tag goes on leading to it"
    undo(session, by=ana)
    projector.refresh_from_db()
    assert (projector.tag, projector.description) == ("P-1", "")
    assert Asset.objects.count() == 1


def test_a_serial_alone_asks_too_and_two_makes_of_it_are_named(
    brings: Brings, projector: Asset, lincoln: School
) -> None:
    assert outcomes(brings("Asset Tag,Serial\nP-9,PRO1\n")) == {"refused": 1}
    make_asset(school=lincoln, tag="P-7", serial="PRO1", product=make_product(make="Sony"))
    session = brings("Asset Tag,Serial\nP-9,PRO1\n")
    assert "P-1" in why(session)
    assert "P-7" in why(session)
    assert Asset.objects.count() == 2


def test_what_is_not_known_yet_is_filled_in_without_a_question(
    brings: Brings, lincoln: School
) -> None:
    bare = make_asset(
        school=lincoln, tag="B-1", serial="", product=make_product(make="", model="X")
    )
    session = brings(f"{HEADER}\nB-1,NEW1,Dell,X,LIN\n")
    assert outcomes(session) == {"update": 1}
    assert shape(bare) == ("B-1", "NEW1", "Dell", "X")


def test_a_room_does_not_take_a_thing_from_whoever_has_it(
    brings: Brings, laptop: Asset, library: Room, maria: Person, ana: User
) -> None:
    text = "Asset Tag,School,Room\nL-1,LIN,LIB\n"
    session = brings(text)
    assert outcomes(session) == {"refused": 1}
    assert maria.local_id in why(session)
    laptop.refresh_from_db()
    assert (laptop.person, laptop.holder) == (maria, maria)
    assert outcomes(brings(text, "held=keep")) == {"same": 1}
    session = brings(text, "held=check_in")
    laptop.refresh_from_db()
    assert (laptop.person, laptop.holder, laptop.room) == (None, None, library)
    undo(session, by=ana)
    laptop.refresh_from_db()
    assert (laptop.holder, laptop.person, laptop.status) == (maria, maria, "in_use")
    assert verify.verify().findings == []


def test_a_row_without_a_tag_takes_no_number_of_another_row(
    brings: Brings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not of one that is done later either: that would find the wrong thing there."""
    monkeypatch.setattr("integrations.actions.apply.BATCH", 1)
    session = brings("Tag,Serial,Make\n,S1,Acer\n000001,S2,Acer\n,S3,Acer\n3,S4,Acer\n")
    assert outcomes(session) == {"create": 4}
    things = dict(Asset.objects.values_list("serial", "tag"))
    assert things == {"S1": "000002", "S2": "000001", "S3": "000004", "S4": "3"}
