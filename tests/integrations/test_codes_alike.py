"""Tags and serial numbers that systems write with other zeros and signs: one thing stays one."""

from pathlib import Path

import pytest

from assets.actions import correct_asset
from assets.models import Asset
from people.models import School, User
from tests.factories import make_asset
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.ways import by_command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Tag,Serial,Make,Model\n"
WITHOUT = "Serial,Make,Model\n"


@pytest.mark.parametrize(
    ("there", "comes"),
    [
        ("MV000265", "MV265"),
        ("MV000265", "MV00265"),
        ("MV000265", "MV_000265"),
        ("MV000265", "mv.000265"),
        ("MV000265", "MV/000265"),
        ("MV000265", "MV000265."),
        ("QW-0012", "QW12"),
        ("QW-0012", "Q W-0012"),
        ("QW-0012", "QW–0012"),
    ],
)
def test_a_tag_with_other_zeros_and_signs_is_asked_about(there: str, comes: str) -> None:
    bring(f"{HEAD}{there},,HP,One\n")
    text = f"{HEAD}{comes},,HP,One\n"
    session = look_at(text)
    assert session.rows.get().conflict == "alike" and "looks like" in why(session)
    assert outcomes(bring(text, settle="alike=that")) == {"same": 1}
    assert outcomes(bring(text, settle="alike=ask alike=another")) == {"create": 1}
    assert outcomes(look_at(text)) == {"same": 1}, "by its own tag from then on"
    beside = look_at(f"{HEAD}{there}X,,HP,One\n{comes}X,,HP,One\n")
    assert "in row 2" in why(beside), "two rows of one file, too"


def test_a_tag_like_an_old_one_of_a_thing_is_asked_about(ana: User) -> None:
    bring(f"{HEAD}IT-44,,HP,One\n")
    correct_asset(Asset.objects.get(), by=ana, reason="a new label", tag="X1")
    text = f"{HEAD}IT44,,HP,One\n"
    session = look_at(text)
    assert session.rows.get().conflict == "alike"
    assert "looks like X1" in why(session)
    session = bring(text, settle="alike=that")
    assert outcomes(session) == {"same": 1}
    assert Asset.objects.get().tag == "X1"


def test_a_tag_like_that_of_a_thing_of_others_is_asked_about_and_they_stay_unseen(
    tom: User, washington: School
) -> None:
    theirs = make_asset(school=washington, tag="IT-44")
    text = f"{HEAD}IT44,S1,{theirs.product.make},{theirs.product.model}\n"
    session = look_at(text, by=tom)
    assert session.rows.get().conflict == "alike"
    assert "looks like one that is here, with other zeros or signs" in why(session)
    assert "IT-44" not in why(session) and "Washington" not in why(session)
    session = bring(text, by=tom, settle="alike=that")
    assert "not yours to see" in why(session)
    session = bring(text, by=tom, settle="alike=ask alike=another")
    assert outcomes(session) == {"create": 1}
    assert set(Asset.objects.values_list("tag", flat=True)) == {"IT-44", "IT44"}
    version = theirs.version
    theirs.refresh_from_db()
    assert theirs.version == version


def test_other_numbers_are_other_tags() -> None:
    bring(f"{HEAD}MV000265,,HP,One\n1-01,,HP,One\n")
    others = ("MV000266", "MV-2650", "VM265", "101", "A265")
    text = HEAD + "".join(f"{tag},,HP,One\n" for tag in others)
    assert outcomes(bring(text)) == {"create": len(others)}


@pytest.mark.parametrize(
    "comes", ["LEKY-QFPKH6", "leky qfpkh6", "S/N: LEKYQFPKH6", "LEKYQFPKH6.", "LEKY_QFPKH6"]
)
def test_a_serial_number_with_other_signs_is_asked_about(brings: Brings, comes: str) -> None:
    brings(f"{HEAD}MV000792,LEKYQFPKH6,Lenovo,300e\n")
    text = f"{WITHOUT}{comes},Lenovo,300e\n"
    session = brings(text)
    assert session.rows.get().conflict == "spelled"
    assert "with other zeros or signs" in why(session)
    assert outcomes(brings(text, "spelled=that")) == {"same": 1}
    assert outcomes(brings(text)) == {"same": 1}, "as answered before"
    assert Asset.objects.get().serial == "LEKYQFPKH6"
    assert outcomes(brings(text, "spelled=ask spelled=another")) == {"create": 1}


@pytest.mark.parametrize(
    ("there", "comes"),
    [
        ("00451200", "451200"),
        ("451200", "00451200"),
        ("00451200", "S00451200"),
        ("5CD-1234-AB", "5CD1234AB"),
        ("SNO123", "SN O123"),
        ("PF0IX17Q", "PFO1X17Q"),
    ],
)
def test_a_serial_number_of_other_zeros_is_asked_about(there: str, comes: str) -> None:
    bring(f"{HEAD}A1,{there},HP,One\n")
    text = f"{HEAD}ZZ10,{comes},HP,One\n"
    session = look_at(text)
    assert session.rows.get().conflict == "spelled"
    session = bring(text, settle="spelled=that serial=retag")
    assert outcomes(session) == {"same": 1}, why(session)
    assert Asset.objects.get().tag == "A1"
    assert outcomes(look_at(f"{HEAD}ZZ11,{comes},Acer,Chromebook\n")) == {"create": 1}
    assert outcomes(look_at(f"{HEAD}A1,{there},HP,One\n")) == {"same": 1}


def test_two_rows_of_one_serial_number_are_asked_about(brings: Brings) -> None:
    text = f"{WITHOUT}5CD-1234-AB,HP,One\n5CD1234AB,HP,One\n5CD1234AB,Acer,Spin\n"
    session = brings(text)
    assert [r.conflict for r in session.rows.order_by("number")] == ["", "spelled", ""]
    assert "looks like 5cd-1234-ab in row 2" in why(session).lower()
    brings(text, "spelled=that")
    assert Asset.objects.filter(product__make="HP").count() == 1
    brings(text, "spelled=ask spelled=another")
    assert Asset.objects.filter(product__make="HP").count() == 2


def test_short_numbers_may_be_several_makers() -> None:
    bring(f"{HEAD}A1,001,HP,One\nA2,0000000,HP,Two\n")
    assert outcomes(look_at(f"{HEAD}A3,1,HP,One\nA4,0-0,HP,Two\n")) == {"create": 2}


def test_an_answer_stands_when_the_other_row_came_in_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("integrations.actions.apply.BATCH", 1)
    text = f"{HEAD}MV0001,AB-12345,HP,One\nMV1,AB12345,HP,One\n"
    session = bring(text, settle="alike=another spelled=another")
    assert outcomes(session) == {"create": 2}, why(session)


@pytest.mark.parametrize(
    ("there", "comes"),
    [
        ("C02XK1ABJGH5", "SC02XK1ABJGH5"),
        ("PF3ABCDE", "1S20XW0026USPF3ABCDE"),
        ("PF3ABCDE", "Serial PF3ABCDE"),
        ("5CD1234ABC", "5CD1234ABC (dock)"),
        ("HP4GXL76J6", "SN HP4GXL76J6"),
        ("HP4GXL76J6", "SN-HP4GXL76J6"),
        ("HP4GXL76J6", "(S)HP4GXL76J6"),
        ("HP4GXL76J6", "HP4GXL76J6 dock"),
        ("HP4GXL76J6", "HP4GXL76J6 - keyboard"),
    ],
)
def test_what_a_scanner_or_a_person_writes_beside_a_serial_number_is_asked_about(
    there: str, comes: str
) -> None:
    bring(f"{HEAD}A1,{there},HP,One\n")
    text = f"{WITHOUT}{comes},HP,One\n"
    assert look_at(text).rows.get().conflict == "spelled"
    assert outcomes(bring(text, settle="spelled=that")) == {"same": 1}
    others = look_at(f"{HEAD}A2,S{there[:-2]}99,HP,One\nA3,SMART{there},HP,One\n")
    assert outcomes(others) == {"create": 2}, why(others)


def test_a_serial_number_like_that_of_a_thing_of_others_is_asked_about_and_they_stay_unseen(
    tom: User, washington: School
) -> None:
    theirs = make_asset(school=washington, tag="W1", serial="HPP7AT3A6A")
    product = f"{theirs.product.make},{theirs.product.model}"
    text = f"{HEAD}TN1,HP-P7AT3A6A,{product}\n"
    session = look_at(text, by=tom)
    assert session.rows.get().conflict == "spelled"
    assert "looks like one that is here, with other signs" in why(session)
    assert "HPP7AT3A6A" not in why(session) and "W1" not in why(session)
    assert "not yours to see" in why(bring(text, by=tom, settle="spelled=that"))
    session = bring(text, by=tom, settle="spelled=ask spelled=another")
    assert outcomes(session) == {"create": 1}


def test_a_tag_with_other_signs_than_that_of_a_thing_of_others_is_asked_about(
    tom: User, washington: School
) -> None:
    theirs = make_asset(school=washington, tag="IT-44")
    text = f"{HEAD}I/T.44,S1,{theirs.product.make},{theirs.product.model}\n"
    assert look_at(text, by=tom).rows.get().conflict == "alike"


def test_a_thing_that_is_here_is_given_no_serial_number_like_another_one_unasked() -> None:
    bring(f"{HEAD}A1,,HP,One\nA2,,HP,One\nA3,SES-300,HP,One\n")
    text = f"{HEAD}A1,SES-100,HP,One\nA2,SES100,HP,One\n"
    session = look_at(text)
    assert [r.conflict for r in session.rows.order_by("number")] == ["", "spelled"]
    assert outcomes(bring(text, settle="spelled=that")) == {"update": 1, "refused": 1}
    assert outcomes(bring(text, settle="spelled=ask spelled=another")) == {"same": 1, "update": 1}
    bring(f"{HEAD}A4,,HP,One\n")
    text = f"{HEAD}A4,SES300,HP,One\n"
    session = bring(text, settle="spelled=that")
    assert "The tag is A4" in why(session) and "the serial number is A3" in why(session)
    assert outcomes(bring(text, settle="spelled=ask spelled=another")) == {"update": 1}


@pytest.mark.parametrize("settle", ["alike=that spelled=that", "spelled=that alike=that"])
def test_the_command_answers_a_row_that_asks_two_things_in_either_order(
    tmp_path: Path, settle: str
) -> None:
    bring(f"{HEAD}OT-300,OTS-300,HP,One\n")
    path = tmp_path / "file.csv"
    path.write_text(f"{HEAD}OT.300,OTS 300,HP,One\n")
    seen = {"school": "LIN", "category": "Equipment", "settle": settle.split()}
    assert outcomes(by_command(path, **seen)) == {"same": 1}
