"""A serial number that may be another thing's is asked of at every door, as in a list: nobody
registers a laptop twice because a system or a reader wrote its number otherwise."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import correct_asset, register_asset, void_asset
from assets.models import Asset
from core.access import SYSTEM
from core.problems import Refused
from people.models import School, User
from tests.assets.test_register_refusals import form
from tests.factories import make_asset, make_product
from tests.refusing import page_says, refusal, rest_says

__all__ = ["form"]

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
SAID = "The serial number {} looks like {}, with other zeros or signs, or O for 0"
WAYS = [
    ("PF0IX17Q", "PFO1X17Q"),
    ("PF0IX17Q", "PF-0IX17Q"),
    ("PF0IX17Q", "pf0 ix17q"),
    ("PF0123", "PFO123"),
    ("AB1O-23X", "AB1023X"),
    ("00451200", "451200"),
    ("5CD1234AB", "S/N: 5CD1234AB"),
    ("5CD1234AB", "SN-5CD1234AB"),
    ("5CD1234AB", "5CD1234AB dock"),
    ("ABC-DEFG", "ABC DEFG"),
]


def saved() -> set[str]:
    return set(Asset.objects.values_list("serial", flat=True))


@pytest.mark.parametrize(("there", "comes"), WAYS)
def test_page_desk_and_rest_ask_until_it_is_said_to_be_another(
    there: str,
    comes: str,
    form: dict[str, Any],
    tom: User,
    rob: User,
    client_of: Of,
    api_of: Of,
    lincoln: School,
) -> None:
    known = make_asset(school=lincoln, tag="77", serial=there)
    said, whose = SAID.format(comes, there), "that of 77 (Acer"
    body = {"serial": comes, "product": known.product_id, "school": lincoln.pk}
    rest_says(api_of(rob), "assets", body, "serial-alike", said, whose, pointer="/serial")
    client = client_of(tom)
    page = page_says(client, "/assets/new/", form | {"serial": comes}, "serial-alike", said, whose)
    assert 'type="checkbox" name="another"' in page
    scanned = form | {"serial": comes, "scanned": "on"}
    page_says(client, "/assets/new/?code=900001", scanned, "serial-alike", said)
    assert client.post("/assets/new/", form | {"serial": comes, "another": "on"}).status_code == 302
    assert saved() == {there, comes}
    other = make_product(make="Dell", model="Latitude")
    answer = api_of(rob).post("/api/v1/assets", body | {"product": other.pk}, "application/json")
    assert answer.status_code == 201, "of another make and model it is another item"


def test_two_of_one_request_are_asked_of(rob: User, api_of: Of, lincoln: School) -> None:
    row = {"product": make_product().pk, "school": lincoln.pk}
    rows = [row | {"serial": s} for s in ("5CD-1234-AB", "5CD1234AB", "5CD1234AC")]
    answer = api_of(rob).post("/api/v1/assets/bulk", {"assets": rows}, "application/json")
    results = answer.json()["results"]
    assert [r["status"] for r in results] == [201, 409, 201]
    (error,) = results[1]["errors"]
    assert (error["code"], error["pointer"]) == ("serial-alike", "/assets/1/serial")
    assert "looks like 5CD-1234-AB in row 1 of the same list" in error["message"]
    said = [rows[1] | {"another": True}]
    again = api_of(rob).post("/api/v1/assets/bulk", {"assets": said}, "application/json")
    assert again.json()["results"][0]["status"] == 201


def test_many_of_one_request_are_asked_of_as_one_is(rob: User, api_of: Of, lincoln: School) -> None:
    known = make_asset(school=lincoln, serial="5CD-1234-AB")
    row = {"product": known.product_id, "school": lincoln.pk}
    rows = [row | {"serial": f"8XY{n:04}KL"} for n in range(30)] + [row | {"serial": "5CD1234AB"}]
    answer = api_of(rob).post("/api/v1/assets/bulk", {"assets": rows}, "application/json")
    assert [r["status"] for r in answer.json()["results"]] == [201] * 30 + [409]


def test_a_correction_asks_and_an_own_number_may_be_written_otherwise(
    ana: User, tom: User, client_of: Of, api_of: Of, lincoln: School
) -> None:
    make_asset(school=lincoln, tag="76", serial="PF0IX17Q")
    asset = make_asset(school=lincoln, tag="77", serial="5CD1234AB")
    path, said = f"assets/{asset.pk}/correct", SAID.format("PFO1X17Q", "PF0IX17Q")
    body: dict[str, Any] = {"serial": "PFO1X17Q", "reason": "Misread"}
    rest_says(api_of(ana), path, body, "serial-alike", said, pointer="/serial")
    typed = body | {"tag": "77", "product": asset.product_id}
    page = page_says(client_of(tom), f"/{path}/", typed, "serial-alike", said)
    assert 'type="checkbox" name="another"' in page
    assert correct_asset(asset, by=ana, reason="Hyphens", serial="5CD-1234-AB").version > 1
    corrected = correct_asset(asset, by=ana, reason="Seen", serial="PFO1X17Q", another=True)
    assert corrected.serial == "PFO1X17Q"
    assert correct_asset(corrected, by=ana, reason="Signs", serial="PFO1-X17Q").serial


def test_another_product_is_asked_of_too(ana: User, lincoln: School) -> None:
    known = make_asset(school=lincoln, serial="PF0IX17Q")
    other = make_asset(
        school=lincoln, serial="PFO1X17Q", product=make_product(make="Dell", model="Latitude")
    )
    with refusal("serial-alike"), pytest.raises(Refused, match="looks like PF0IX17Q"):
        correct_asset(other, by=ana, reason="It is one of those", product=known.product)


def test_a_thing_of_others_is_asked_of_and_not_told(
    ned: User, lincoln: School, washington: School
) -> None:
    known = make_asset(school=lincoln, tag="L-77", serial="PF0IX17Q")
    said = "looks like one that is here, with other zeros or signs, or O for 0. If it is"
    with pytest.raises(Refused, match=said) as refused:
        register_asset(
            by=ned, tag="W-1", serial="PFO1X17Q", product=known.product, school=washington
        )
    assert "L-77" not in str(refused.value) and "PF0IX17Q" not in str(refused.value)


def test_what_is_void_short_or_of_other_letters_is_in_nobodys_way(
    ana: User, lincoln: School
) -> None:
    void = make_asset(school=lincoln, serial="PF0IX17Q")
    void_asset(void, by=ana, reason="Never was")
    for there in ("S-01", "5CD12-34", "ABCDEFG"):
        make_asset(school=lincoln, serial=there)
    for n, serial in enumerate(("PFO1X17Q", "S01", "5CD1-234", "ABCDEFH", "XABCDEFG")):
        register_asset(by=SYSTEM, tag=f"N-{n}", serial=serial, product=void.product, school=lincoln)
