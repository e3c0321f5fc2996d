"""A serial number is one at every door, or at none: what a list takes for none, or for broken,
nobody enters at the page, the desk or by REST, and what stands in the register goes on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import correct_asset, register_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from core.problems import Refused
from people.models import School, User
from tests.assets.test_register_refusals import form
from tests.factories import make_asset, make_product
from tests.integrations.conftest import bring, equipment, outcomes
from tests.refusing import page_says, refusal, rest_says

__all__ = ["equipment", "form"]

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
NOTHING = ("serial-says-nothing", "says in a list that there is no serial number: leave it empty")
BROKEN = ("code-broken", "write it as it stands on the item")
NONE = [
    *((word, *NOTHING) for word in ("N/A", "NONE", "-", "0000", "UNKNOWN", "xxxx", "tbd")),
    *((made, *BROKEN) for made in ("1.23E+15", "900451.0", "1,234", "#N/A", "Mar-01", "true")),
    *((made, *BROKEN) for made in ("2025-03-04", "12:00:00", "$349.00")),
    *((made, *BROKEN) for made in ("AMP&amp;2", "JosÃ©-1")),
    ("'00123", "code-marked", "leave out the sign before it"),
    ("*5CD1*", "code-marked", "or the stars around it"),
    ("5CD1234ABC (old)", "code-remark", "write the code alone"),
    ("5CD1234ABC - dead", "code-remark", "write the code alone"),
    ("5CD12...", "code-remark", "write the code alone"),
    ("Chassis Serial Number", "serial-says-nothing", "leave it empty"),
    ("missing", "serial-says-nothing", "leave it empty"),
    ("stolen", "code-remark", "as its status or description"),
]


@pytest.mark.parametrize(("serial", "code", "said"), NONE)
def test_page_desk_rest_and_a_correction_refuse_it(
    serial: str,
    code: str,
    said: str,
    form: dict[str, Any],
    tom: User,
    rob: User,
    client_of: Of,
    api_of: Of,
    lincoln: School,
) -> None:
    page_says(client_of(tom), "/assets/new/", form | {"serial": serial}, code, said)
    scanned = form | {"serial": serial, "scanned": "on"}  # as the desk sends on what it was given
    page_says(client_of(tom), f"/assets/new/?code={form['tag']}", scanned, code, said)
    body = {"serial": serial, "product": make_product().pk, "school": lincoln.pk}
    rest_says(api_of(rob), "assets", body, code, said, pointer="/serial")
    many = api_of(rob).post("/api/v1/assets/bulk", {"assets": [body]}, "application/json")
    (error,) = many.json()["results"][0]["errors"]
    assert (error["code"], error["pointer"]) == (code, "/assets/0/serial")
    other = make_asset(school=lincoln, tag="77")
    with refusal(code), pytest.raises(Refused, match=said):
        correct_asset(other, by=tom, reason="Misread", serial=serial)


@pytest.mark.parametrize("serial", [serial for serial, _code, _said in NONE])
def test_a_list_takes_it_over_neither(serial: str, equipment: Category, lincoln: School) -> None:
    bring(f'Tag,Serial,Make,Model\nA-1,"{serial}",Dell,Y\n')
    assert not Asset.objects.filter(serial=serial).exists()


def test_other_words_and_signs_are_serial_numbers(lincoln: School) -> None:
    product = make_product()
    for serial in ("00451", "NA-7", "Nonesuch", "1E5", "7E10", "PF-0 X1", "MAR-01", ""):
        tag = f"T{serial}"
        asset = register_asset(by=SYSTEM, tag=tag, serial=serial, product=product, school=lincoln)
        assert asset.serial == serial


def test_what_stands_so_goes_on_and_is_put_back_by_an_undo(
    lincoln: School, ana: User, equipment: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:  # it was registered when nobody refused that
        before.setattr("assets.register.rules.serial_problems", lambda serial: ())
        asset = make_asset(school=lincoln, tag="A-1", serial="N/A")
    correct_asset(asset, by=ana, reason="Misread", tag="A-2", serial="N/A")
    assert outcomes(bring("Tag,Serial,Condition\nA-2,N/A,Good\n")) == {"update": 1}
    assert correct_asset(asset, by=ana, reason="Looked", serial="5CD1").serial == "5CD1"
    assert correct_asset(asset, by=ana, reason="Undone", serial="N/A").serial == "N/A"
