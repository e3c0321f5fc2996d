"""One rule for a text in one line, by page, REST and import: nothing in it turns what is shown
around, and a name is seen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.text.lines import in_one_line, is_seen
from core.web.asked import line_asked
from funding.models import Award, Purchase, Vendor
from people.models import Person, School, User
from tests.factories import make_asset, make_product
from tests.integrations.conftest import look_at
from tests.refusing import refusal

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
TURNED = "Room\u202e101"
#: Zero-width signs, a soft hyphen, a Hangul filler, an empty Braille cell, tags.
UNSEEN = ["\u200b", "\u2060", "\u00ad\u200d", "\u3164", "\u2800", "\U000e0041"]
WHY = {"control-character": "turns the direction", "nothing-seen": "Nothing of this can be seen"}
BAD = [(TURNED, "control-character"), *((text, "nothing-seen") for text in UNSEEN)]


def pages(lincoln: School, award: Award) -> dict[str, tuple[dict[str, Any], list[str]]]:
    """Forms with what is rightly typed in them, and their names that must be given."""
    school = {"code": "MAP", "name": "Maple"}
    program = {"code": "X", "name": "Other", "family": "local"}
    buying = {"number": "PO-1", "vendor": "CDW", "description": "Laptops", "quantity": "1"}
    of_award = {"program": award.program_id, "name": "Title I"}
    return {
        "/schools/new/": (school, ["code", "name"]),
        f"/schools/{lincoln.pk}/rooms/new/": ({"code": "12"}, ["code"]),
        "/awards/new/": (of_award, ["name"]),
        "/programs/": (program, ["code", "name"]),
        "/purchases/new/": (buying, ["number", "description"]),
        "/vendors/": ({"name": "CDW"}, ["name"]),
    }


def test_ana_names_nothing_on_a_page_so_that_it_is_turned_or_unseen(
    ana: User, fay: User, lincoln: School, local: Award, client_of: Of
) -> None:
    for address, (typed, names) in pages(lincoln, local).items():
        client = client_of(ana if "schools" in address else fay)
        for name in names:
            for text, code in BAD[:2]:
                with refusal(code):
                    answer = client.post(address, typed | {name: text})
                assert answer.status_code == 200, (address, name)
                assert WHY[code] in answer.content.decode(), (address, name)


def test_a_person_or_vendor_whose_name_may_be_left_out_has_a_seen_one_or_none(
    ana: User, fay: User, lincoln: School, client_of: Of
) -> None:
    typed = {"kind": "student", "local_id": "7", "school": lincoln.pk, "last_name": ""}
    with refusal("control-character"):
        client_of(ana).post("/people/new/", typed | {"first_name": "\u202e\u200b"})
    client_of(ana).post("/people/new/", typed | {"first_name": "\u200b"})
    assert str(Person.objects.get()) == "7", "the id stands for who has no name"
    buying = {"number": "PO-1", "description": "Laptops", "quantity": "1"}
    with refusal("control-character"):
        client_of(fay).post("/purchases/new/", buying | {"vendor": TURNED})
    client_of(fay).post("/purchases/new/", buying | {"vendor": "\u2060"})
    assert Purchase.objects.get().vendor is None and not Vendor.objects.exists()


def test_rest_takes_no_name_that_is_turned_or_unseen(
    ana: User, lincoln: School, api_of: Of
) -> None:
    api = api_of(ana)
    for text, code in BAD:
        for address, body in (
            ("schools", {"code": text, "name": "Maple"}),
            ("schools", {"code": "MAP", "name": text}),
            ("vendors", {"name": text}),
        ):
            answer = api.post(f"/api/v1/{address}", body, "application/json")
            assert answer.status_code == 400, (address, text)
            assert [e["code"] for e in answer.json()["errors"]] == [code]
    assert list(School.objects.all()) == [lincoln] and not Vendor.objects.exists()


def test_rest_takes_an_optional_name_that_is_unseen_for_none(
    ana: User, lincoln: School, api_of: Of
) -> None:
    body = {"kind": "student", "local_id": "7", "school": lincoln.pk, "first_name": "\u200b"}
    assert api_of(ana).post("/api/v1/people", body, "application/json").status_code == 201
    assert Person.objects.get().first_name == ""


@pytest.mark.parametrize(("text", "said"), [(TURNED, "turns the direction"), ("\u3164", "seen")])
def test_an_import_names_nobody_so(lincoln: School, text: str, said: str) -> None:
    session = look_at(f"Id,First,Last,School,Kind\n7,{text},Reed,LIN,student\n", kind="people")
    row = session.rows.get()
    assert row.outcome == "refused"
    assert said in str(row.problems)
    assert not Person.objects.exists()


def test_letters_of_every_script_and_signs_are_seen() -> None:
    for text in ("Ñandú", "مدرسة", "学校", "नमस्ते", "1", "-", "🏫", "می\u200cخواهم"):
        assert is_seen(text)
    assert in_one_line("two\u2028lines\x85of a cell") == "two lines of a cell"


def test_a_note_to_a_file_is_one_line_that_may_be_left_out(
    ana: User, lincoln: School, client_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="N-1")
    assert line_asked(" Invoice ", "note", 4) == "Invo"
    assert line_asked("\u200b", "note", 300) == ""
    file = SimpleUploadedFile("invoice.pdf", b"%PDF-1.7 an invoice")
    sent = {"file": file, "kind": "invoice", "note": TURNED}
    with refusal("control-character"):
        answer = client_of(ana).post(f"/files/assets.asset/{asset.pk}/", sent)
    assert answer.status_code == 400
    assert WHY["control-character"] in answer.content.decode()


def test_tom_registers_no_tag_that_nobody_sees_and_no_serial_that_is_turned(
    tom: User, lincoln: School, client_of: Of
) -> None:
    product = make_product()
    typed = {
        "tag": "900001",
        "category": product.category_id,
        "make": product.make,
        "model": product.model,
        "school": lincoln.pk,
        "status": "in_stock",
    }
    for wrong, code in (
        ({"tag": "\u3164"}, "tag-shape"),
        ({"serial": TURNED}, "control-character"),
        ({"serial": "\u2800"}, "nothing-seen"),
    ):
        with refusal(code):
            assert client_of(tom).post("/assets/new/", typed | wrong).status_code == 200
