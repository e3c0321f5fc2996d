"""A serial number under another make or model: systems have their own names for one model, so it
is asked about and never a second thing unasked."""

import pytest

from assets.models import Asset, Category
from core.journal import verify
from people.models import School, User
from tests.factories import make_asset, make_product
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo, why

pytestmark = pytest.mark.django_db
HEADER = "Asset Tag,Serial,Make,Model,School"
SAME = f"{HEADER}\nQS1,SAME123,Acer,C311,LIN\nQS2,SAME123,Acer,C733,LIN\nQS3,SAME123,,,LIN\n"


@pytest.fixture
def laptop(lincoln: School) -> Asset:
    return make_asset(
        school=lincoln, tag="L-1", serial="QRG0001", product=make_product(make="Acer", model="C311")
    )


def models() -> set[tuple[str, str, str]]:
    rows = Asset.objects.values_list("tag", "product__make", "product__model")
    return {(tag, make, model) for tag, make, model in rows}


@pytest.mark.parametrize(
    ("settle", "model"),
    [("model=keep", ("Acer", "C311")), ("model=correct", ("ACER INC.", "C311 Chromebook"))],
)
def test_another_systems_name_of_the_model_asks(
    brings: Brings, laptop: Asset, ana: User, settle: str, model: tuple[str, str]
) -> None:
    text = "Serial,Make,Model,School,Notes\nQRG0001,ACER INC.,C311 Chromebook,LIN,seen\n"
    session = brings(text)
    assert outcomes(session) == {"refused": 1}
    assert "QRG0001 is here with another make or model" in why(session)
    assert "L-1" in why(session)
    session = brings(text, settle)
    assert models() == {("L-1", *model)}
    laptop.refresh_from_db()
    assert laptop.description == "seen"
    undo(session, by=ana)
    assert models() == {("L-1", "Acer", "C311")}
    assert verify.verify().findings == []


def test_with_a_new_tag_it_asks_for_the_model_and_for_the_tag(
    brings: Brings, laptop: Asset
) -> None:
    text = f"{HEADER}\nQR9,QRG0001,ACER INC.,C311 Chromebook,LIN\n"
    assert outcomes(brings(text)) == {"refused": 1}
    assert outcomes(brings(text, "model=keep serial=correct")) == {"update": 1}
    assert models() == {("QR9", "Acer", "C311")}


def test_another_maker_s_thing_may_have_the_same_serial_and_it_is_said(
    brings: Brings, laptop: Asset
) -> None:
    text = f"{HEADER}\nP-1,QRG0001,Epson,EB1,LIN\n"
    session = brings(text)
    assert outcomes(session) == {"create": 1}
    assert "QRG0001 is here with another make or model" in str(session.rows.get().warnings)
    assert models() == {("L-1", "Acer", "C311"), ("P-1", "Epson", "EB1")}
    assert outcomes(brings(text)) == {"same": 1}


def test_what_the_row_leaves_out_contradicts_nothing(brings: Brings, laptop: Asset) -> None:
    session = brings("Serial,Make,School,Notes\nQRG0001,Acer,LIN,seen\n")
    assert outcomes(session) == {"update": 1}, why(session)
    assert models() == {("L-1", "Acer", "C311")}


def test_short_serials_are_several_makers(brings: Brings, lincoln: School) -> None:
    make_asset(school=lincoln, tag="L-1", serial="007", product=make_product(make="A", model="B"))
    assert outcomes(brings(f"{HEADER}\nP-1,007,Epson,EB1,LIN\n")) == {"create": 1}


def test_one_serial_three_times_in_a_file_is_said_twice(brings: Brings, lincoln: School) -> None:
    """Parts of one thing share a number in real registers."""
    session = brings(SAME)
    assert outcomes(session) == {"create": 3}, why(session)
    warned = [row.warnings for row in session.rows.order_by("number")]
    assert not warned[0] and all("stands in row 2 too" in str(said) for said in warned[1:])
    assert outcomes(brings(SAME)) == {"same": 3}


def test_neds_file_learns_nothing_of_a_serial_that_is_lincolns(
    ned: User, washington: School, laptop: Asset, equipment: Category
) -> None:
    make_product(make="HP", model="X")
    text = f"{HEADER}\nW-1,QRG0001,HP,X,WAS\n"
    assert outcomes(look_at(text, by=ned, school="WAS")) == {"create": 1}
    session = bring(text, by=ned, school="WAS")
    assert outcomes(session) == {"create": 1}, why(session)
