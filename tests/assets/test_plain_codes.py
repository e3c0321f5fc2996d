"""A tag or a serial with letters that only look like the usual ones is the usual one, at every
door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assets.actions import correct_asset, register_asset
from assets.codes.resolve import resolve
from assets.models import Asset
from assets.models.keys import tag_order
from core.access import SYSTEM
from core.problems import Refused
from people.models import School, User
from tests.factories import make_asset, make_product
from tests.integrations.conftest import look_at, outcomes, why

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
ODD = [
    "AL\u2011001",
    "AL\u2010001",
    "AL-\u200b001",
    "\uff21\uff2c\uff0d\uff10\uff10\uff11",
    "AL-\u0660\u0660\u0661",
    "\u00a0AL-001\u202f",
]


@pytest.mark.parametrize("odd", ODD)
def test_what_is_entered_is_kept_plain(odd: str, lincoln: School) -> None:
    asset = register_asset(by=SYSTEM, tag=odd, serial=odd, product=make_product(), school=lincoln)
    assert (asset.tag, asset.tag_key, asset.serial, asset.serial_key) == ("AL-001", "al-001") * 2
    with pytest.raises(Refused, match="taken"):
        register_asset(by=SYSTEM, tag="AL-001", product=make_product(), school=lincoln)
    with pytest.raises(Refused, match="registered already"):
        register_asset(by=SYSTEM, tag="X", serial="AL-001", product=make_product(), school=lincoln)


@pytest.mark.parametrize("odd", ODD)
def test_it_is_taken_by_whatever_is_there(odd: str, lincoln: School, rob: User, api_of: Of) -> None:
    make_asset(school=lincoln, tag="AL-001", serial="AL-001")
    body: dict[str, Any] = {"product": make_product().pk, "school": lincoln.pk}
    for more, code in (({"tag": odd}, "tag-taken"), ({"tag": "X", "serial": odd}, "serial-taken")):
        answer = api_of(rob).post("/api/v1/assets", body | more, content_type="application/json")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, code)
    rows = [body | {"tag": "B-1"}, body | {"tag": "B\u20111"}]
    answer = api_of(rob).post(
        "/api/v1/assets/bulk", {"assets": rows}, content_type="application/json"
    )
    assert [r["status"] for r in answer.json()["results"]] == [201, 409]


@pytest.mark.parametrize("odd", ODD)
def test_a_correction_is_kept_plain(odd: str, lincoln: School) -> None:
    asset = make_asset(school=lincoln, tag="OLD")
    asset = correct_asset(asset, by=SYSTEM, reason="Misread", tag=odd, serial=odd)
    assert (asset.tag, asset.tag_key, asset.serial, asset.serial_key) == ("AL-001", "al-001") * 2
    other = make_asset(school=lincoln, tag="OTHER")
    with pytest.raises(Refused, match="taken"):
        correct_asset(other, by=SYSTEM, reason="Misread", tag=odd)


@pytest.mark.parametrize("odd", ["AL-001\u202e"])
def test_what_turns_the_letters_around_is_still_refused(odd: str, lincoln: School) -> None:
    with pytest.raises(Refused, match="printable"):
        register_asset(by=SYSTEM, tag=odd, product=make_product(), school=lincoln)


def test_letters_of_other_scripts_stay_themselves(lincoln: School) -> None:
    asset = register_asset(by=SYSTEM, tag="М-Ñ1", product=make_product(), school=lincoln)
    assert asset.tag == "М-Ñ1", "a Cyrillic M is no M"


@pytest.mark.parametrize("odd", ODD)
def test_whoever_looks_for_the_odd_one_finds_it(
    odd: str, lincoln: School, tom: User, rob: User, api_of: Of, client_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="AL-001", serial="AL-001")
    make_asset(school=lincoln, tag="ZZ-9", serial="Q-9")
    assert resolve(odd, tom).asset == asset
    for name in ("tag", "code", "serial"):
        found = api_of(rob).get("/api/v1/assets", {name: odd}).json()["results"]
        assert [a["id"] for a in found] == [asset.pk]
    page = client_of(tom).get("/assets/", {"q": odd}).content.decode()
    assert "AL-001" in page
    assert "ZZ-9" not in page
    assert client_of(tom).get(reverse("tag", args=[odd])).status_code == 302


@pytest.mark.untrue("kept before codes were made plain")
def test_a_tag_that_was_kept_before_is_still_found_and_true(
    lincoln: School, tom: User, rob: User, api_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="PLAIN")
    odd = {"tag": "AL\u2011001", "tag_key": "al\u2011001", "tag_order": tag_order("AL\u2011001")}
    Asset.objects.filter(pk=asset.pk).update(**odd)
    assert resolve("AL\u2011001", tom).asset == asset
    found = api_of(rob).get("/api/v1/assets", {"tag": "AL\u2011001"}).json()["results"]
    assert [a["id"] for a in found] == [asset.pk]
    asset.refresh_from_db()
    assert correct_asset(asset, by=SYSTEM, reason="Plain", tag="AL\u2011001").tag == "AL-001"
    assert resolve("AL\u2011001", tom).asset == asset


@pytest.mark.parametrize("odd", ODD)
def test_our_export_of_it_comes_back_without_a_change(
    odd: str, lincoln: School, ana: User, client_of: Of
) -> None:
    register_asset(by=SYSTEM, tag=odd, serial=odd, product=make_product(), school=lincoln)
    answer = client_of(ana).get("/assets/export.csv")
    file = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    for text in (file.decode("utf-8-sig"), f"Asset Tag,Serial\n{odd},{odd}\n"):
        session = look_at(text, by=ana)
        assert outcomes(session) == {"same": 1}, why(session)
