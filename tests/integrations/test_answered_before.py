"""What a row means is answered once: the next file of its source uses what changes nothing by
itself, says so, and can be asked anew. What would change something is asked again."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from assets.actions import correct_asset
from assets.models import Asset
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from funding.models import Purchase
from integrations import actions
from integrations.models import ImportSession, SavedMapping
from people.actions import erase_person
from people.models import Person, School, User
from tests.factories import make_asset, make_product, make_student
from tests.integrations.conftest import Brings, look_at, outcomes, undo, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]
HEAD = "Asset Tag,Serial,Make,Model,School\n"
OTHER = HEAD + "L-1,OTHER001,Acer,C311,LIN\n"
OLD = HEAD + "OLD-77,LAPTOP01,Acer,C311,LIN\n"
KEEP = "As answered before for this source: it is that one, and the register is right."
RETAG = "As answered before for this source: it is the one with the serial number, whose tag stays."
STAYS = "As answered before for this source: it is that one, and its tag stays."
THERE = ("L-1", "LAPTOP01", "Acer", "C311")


@pytest.fixture(autouse=True)
def laptop(lincoln: School) -> Asset:
    product = make_product(make="Acer", model="C311")
    return make_asset(school=lincoln, tag="L-1", serial="LAPTOP01", product=product)


def shape(asset: Asset) -> tuple[str, str, str, str]:
    asset = Asset.objects.select_related("product").get(pk=asset.pk)
    return asset.tag, asset.serial, asset.product.make, asset.product.model


def warned(session: ImportSession) -> str:
    return " ".join(w for row in session.rows.order_by("number") for w in row.warnings)


@pytest.mark.parametrize(
    ("text", "settle", "said"), [(OTHER, "other=keep", KEEP), (OLD, "serial=retag", STAYS)]
)
def test_the_next_file_means_the_same_and_says_so(
    brings: Brings, laptop: Asset, text: str, settle: str, said: str
) -> None:
    assert outcomes(brings(text)) == {"refused": 1}
    assert outcomes(brings(text, settle)) == {"same": 1}
    session = brings(text)
    assert (outcomes(session), why(session)) == ({"same": 1}, "")
    assert said in warned(session)
    assert "L-1" in warned(session), "the item is named"
    assert (Asset.objects.count(), shape(laptop)) == (1, THERE)
    other = brings(text.replace("OTHER001", "OTHER002").replace("OLD-77", "OLD-78"))
    assert outcomes(other) == {"refused": 1}, "that is another question"


def test_what_came_in_by_another_tag_is_known_with_its_serial_number(
    brings: Brings, laptop: Asset
) -> None:
    brings(OTHER, "other=retag")
    new = Asset.objects.get(serial="OTHER001")
    session = brings(OTHER)
    assert (outcomes(session), why(session)) == ({"same": 1}, "")
    assert RETAG in warned(session)
    assert session.rows.get().object_id == new.pk
    brings(OTHER.replace("School\n", "School,Notes\n").replace("LIN\n", "LIN,blue\n"))
    new.refresh_from_db()
    assert new.description == "blue"
    assert (Asset.objects.count(), shape(laptop)) == (2, THERE)
    assert verify.verify().findings == []


def test_another_thing_is_not_made_once_more_unasked(brings: Brings, laptop: Asset) -> None:
    brings(OTHER, "other=retag")
    new = Asset.objects.get(serial="OTHER001")
    correct_asset(new, by=SYSTEM, serial="RIGHT001", reason="Misread")
    session = brings(OTHER)
    assert (outcomes(session), session.rows.get().conflict) == ({"refused": 1}, "other")
    assert Asset.objects.count() == 2


def test_what_corrects_or_merges_is_asked_again(brings: Brings, laptop: Asset, ana: User) -> None:
    brings(OTHER, "other=correct")
    assert shape(laptop)[1] == "OTHER001"
    correct_asset(laptop, by=ana, serial="LAPTOP01", reason="It was right")
    session = brings(OTHER)
    assert (outcomes(session), session.rows.get().conflict) == ({"refused": 1}, "other")
    assert shape(laptop) == THERE


def test_the_question_is_asked_again_where_its_thing_is_another(
    brings: Brings, laptop: Asset
) -> None:
    brings(OTHER, "other=keep")
    correct_asset(laptop, by=SYSTEM, serial="LAPTOP02", reason="Misread")
    assert outcomes(brings(OTHER)) == {"refused": 1}
    assert shape(laptop)[1] == "LAPTOP02"


def test_another_source_is_asked(brings: Brings, laptop: Asset) -> None:
    brings(OTHER, "other=keep")
    assert outcomes(look_at(OTHER, name="another.csv")) == {"refused": 1}


def test_the_command_asks_again(laptop: Asset, tmp_path: Path) -> None:
    path, said = tmp_path / "file.csv", io.StringIO()
    path.write_text(OTHER)
    bring = partial(call_command, "import_file", "assets", str(path), category="Equipment")
    bring(settle=["other=keep"], stdout=said)
    assert "as answered before" not in said.getvalue()
    bring(stdout=said)
    assert ": as answered before. --settle other=ask" in said.getvalue()
    bring(settle=["other=ask"], stdout=said)
    assert outcomes(ImportSession.objects.latest("pk")) == {"refused": 1}
    bring(settle=["other=keep"], stdout=said)
    bring(settle=["other=retag"], apply=True, stdout=said)
    assert Asset.objects.filter(serial="OTHER001").count() == 1, "it is another item after all"
    assert shape(laptop) == THERE


def test_the_page_offers_to_ask_again(laptop: Asset, ana: User, client_of: Of) -> None:
    first = look_at(OTHER, by=ana)
    actions.settle_conflicts(first, "other", "keep", by=ana)
    page = client_of(ana).get(f"/imports/{first.pk}/").content.decode()
    assert 'id="again-other"' not in page, "it was answered here"
    second = look_at(OTHER, by=ana)
    url = f"/imports/{second.pk}/"
    page = client_of(ana).get(url).content.decode()
    assert 'id="again-other"' in page
    assert KEEP in page
    client_of(ana).post(f"{url}conflicts/", {"kind": "other", "choice": "ask"})
    second.refresh_from_db()
    assert outcomes(second) == {"refused": 1}
    assert 'id="conflict-other"' in client_of(ana).get(url).content.decode()
    assert outcomes(look_at(OTHER, by=ana)) == {"refused": 1}, "it is forgotten"
    with pytest.raises(Refused):
        actions.settle_conflicts(second, "serial", "ask", by=ana)


@pytest.mark.untrue("it is shared behind the register's back")
def test_it_is_ones_own_until_one_shares_it(laptop: Asset, ana: User, tom: User) -> None:
    actions.settle_conflicts(look_at(OTHER, by=ana), "other", "keep", by=ana)
    assert outcomes(look_at(OTHER, by=tom)) == {"refused": 1}
    SavedMapping.objects.update(shared=True)
    assert outcomes(look_at(OTHER, by=tom)) == {"same": 1}


def test_what_was_answered_of_an_undone_import_is_asked_again(
    brings: Brings, laptop: Asset
) -> None:
    text = HEAD.replace("School\n", "School,Notes\n") + "L-1,OTHER001,Acer,C311,LIN,blue\n"
    session = brings(text, "other=keep")
    assert outcomes(session) == {"update": 1}
    undo(session, by=session.owner or SYSTEM)
    assert outcomes(brings(text)) == {"refused": 1}


def test_a_purchase_that_is_the_one_with_zeros(brings: Brings) -> None:
    head = "Asset Tag,Make,Model,School,PO,Cost\n"
    brings(head + "M-1,HP,IZ,LIN,0012345,100\n")
    assert outcomes(brings(head + "M-2,HP,IZ,LIN,12345,100\n", "purchase=that")) == {"create": 1}
    session = brings(head + "M-3,HP,IZ,LIN,12345,100\n")
    assert outcomes(session) == {"create": 1}
    assert "As answered before for this source: it is that one." in warned(session)
    assert Purchase.objects.get().number == "0012345"


PEOPLE = "Student ID,First Name,Last Name,School,Grade\n994004,Leia,Organa,LIN,9\n"


def test_a_person_is_the_same_until_they_or_somebody_else_is_forgotten(
    brings: Brings, lincoln: School, ana: User
) -> None:
    han = make_student(school=lincoln, first="Han", last="Solo")
    rows = PEOPLE.replace("994004", han.local_id)
    assert outcomes(brings(rows, kind="people")) == {"refused": 1}
    brings(rows, "person=keep", kind="people")
    session = brings(rows, kind="people")
    assert outcomes(session).get("refused") is None, why(session)
    assert "As answered before" in warned(session)
    assert Person.objects.get(pk=han.pk).last_name == "Solo"
    gone = make_student(school=lincoln, first="Jabba", last="Hutt")
    erase_person(gone, by=ana, reason="asked")
    assert outcomes(brings(rows, kind="people")) == {"refused": 1}
    assert verify.verify().findings == []
