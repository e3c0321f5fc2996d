"""Which thing a row means: where tag and serial lead apart, the row asks; nothing changes
unasked."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import assign_asset
from assets.models import Asset, AssetCode, Category
from core.journal import verify
from core.models import Entry
from core.problems import Invalid, Refused
from integrations import actions
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_product
from tests.integrations.conftest import Brings, look_at, outcomes, undo, why, work

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
HEADER = "Asset Tag,Serial,Make,Model,School"


def shape(asset: Asset) -> tuple[str, str, str, str]:
    asset = Asset.objects.select_related("product").get(pk=asset.pk)
    return asset.tag, asset.serial, asset.product.make, asset.product.model


@pytest.fixture
def laptop(lincoln: School, maria: Person, ana: User) -> Asset:
    found = make_asset(
        school=lincoln, tag="L-1", serial="LAP1", product=make_product(make="Acer", model="C311")
    )
    assign_asset(found, to=maria, by=ana)
    return found


@pytest.fixture
def projector(lincoln: School) -> Asset:
    return make_asset(
        school=lincoln, tag="P-1", serial="PRO1", product=make_product(make="Epson", model="EB1")
    )


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


def test_tom_may_correct_his_things_but_not_merge_them(
    tom: User, laptop: Asset, projector: Asset, equipment: Category
) -> None:
    session = look_at(f"{HEADER}\nL-1,PRO1,Epson,EB1,LIN\n", by=tom)
    session = actions.settle_conflicts(session, "two", "merge", by=tom)
    assert "does not allow you to merge" in why(session)
    row = session.rows.get()
    assert (row.outcome, row.conflict) == ("refused", "two"), "another choice can be made"
    session = actions.settle_conflicts(session, "two", "retag", by=tom)
    assert outcomes(work(actions.apply_import(session, by=tom))) == {"same": 1}
    projector.refresh_from_db()
    assert projector.merged_into is None


def test_who_may_not_correct_is_told_and_nothing_changes(
    tom: User, laptop: Asset, projector: Asset, equipment: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    from people import backends

    allowed = backends.allowed_at_a_school
    monkeypatch.setattr(
        backends, "allowed_at_a_school", lambda role: allowed(role) - {"assets.correct_asset"}
    )
    for text, kind in (("L-1,LAP2,Acer,C311,LIN", "other"), ("P-2,PRO1,Epson,EB1,LIN", "serial")):
        session = look_at(f"{HEADER}\n{text}\n", by=tom)
        session = actions.settle_conflicts(session, kind, "correct", by=tom)
        assert "does not allow you to correct" in why(session)
        assert outcomes(work(actions.apply_import(session, by=tom))) == {"refused": 1}
    assert shape(laptop) == ("L-1", "LAP1", "Acer", "C311")
    assert shape(projector)[0] == "P-1"


def test_neds_file_learns_nothing_of_lincolns_things(
    ned: User, washington: School, laptop: Asset, equipment: Category
) -> None:
    session = look_at(f"{HEADER}\nL-1,PRO9,Epson,EB1,WAS\n", by=ned, school="WAS")
    assert why(session) == "This tag is taken."


def test_a_serial_of_a_thing_elsewhere_is_refused_before_applying(
    ned: User, washington: School, laptop: Asset, equipment: Category
) -> None:
    """As a new thing, and as the serial number of one of Ned's own."""
    own = make_asset(school=washington, tag="W-1", serial="", product=laptop.product)
    said = "Serial LAP1 of this make and model is registered already."
    for tag in ("W-9", "W-1"):
        session = look_at(f"{HEADER}\n{tag},LAP1,Acer,C311,WAS\n", by=ned, school="WAS")
        assert why(session) == said
        assert "L-1" not in str(session.rows.get().problems)
    other = look_at(f"{HEADER}\nW-9,LAP1,Acer,C733,WAS\n", by=ned, school="WAS")
    assert said not in why(other)
    own.refresh_from_db()
    assert own.serial == ""


def test_one_row_may_be_settled_otherwise_than_the_rest(
    ana: User, client_of: Of, laptop: Asset, projector: Asset, equipment: Category
) -> None:
    session = look_at(f"{HEADER}\nL-1,X1,Acer,C311,LIN\nP-1,X2,Epson,EB1,LIN\n", by=ana)
    client = client_of(ana)
    url = f"/imports/{session.pk}/"
    page = client.get(url).content.decode()
    assert "Use for this row" in page
    first, second = session.rows.order_by("number").values_list("number", flat=True)
    client.post(f"{url}conflicts/", {"kind": "other", "choice": "correct", "row": first})
    assert session.rows.get(number=first).outcome == "update"
    assert session.rows.get(number=second).outcome == "refused"
    client.post(f"{url}conflicts/", {"kind": "other", "choice": "keep"})
    assert outcomes(session) == {"update": 1, "same": 1}


def test_a_mended_row_asks_anew(ana: User, laptop: Asset, equipment: Category) -> None:
    session = look_at(f"{HEADER}\nL-1,X1,Acer,C311,LIN\n", by=ana)
    session = actions.settle_conflicts(session, "other", "correct", by=ana)
    number = session.rows.get().number
    session = actions.mend_cell(session, number, "Serial", "X9", by=ana)
    assert outcomes(session) == {"refused": 1}


def test_a_choice_that_is_not_offered_is_refused(
    ana: User, laptop: Asset, equipment: Category
) -> None:
    session = look_at(f"{HEADER}\nL-1,X1,Acer,C311,LIN\n", by=ana)
    for kind, choice in (("other", "merge"), ("none", "correct"), ("other", "")):
        with pytest.raises(Invalid):
            actions.settle_conflicts(session, kind, choice, by=ana)
    with pytest.raises(Refused, match="No row asks this"):
        actions.settle_conflicts(session, "two", "merge", by=ana)


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
