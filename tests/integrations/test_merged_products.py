"""A product that was merged away means the one that stayed: to a file, and to an undo."""

import pytest

from assets.actions import merge_products
from assets.models import Asset, Product
from core.access import SYSTEM
from people.models import School
from tests.integrations.conftest import Brings, outcomes, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
HEAD = "Tag,Serial,Make,Model\n"


def merge(loser: str, into: str) -> None:
    one, other = (Product.objects.get(model=model) for model in (loser, into))
    merge_products(one, into=other, by=SYSTEM, reason="The same")


def product(tag: str) -> str:
    return Asset.objects.get(tag=tag).product.model


def test_an_undo_puts_nothing_onto_what_was_merged_since(brings: Brings) -> None:
    brings(HEAD + "A1,S1,HP,One\nA2,S2,HP,Two\nA3,S3,HP,Three\nA4,S4,HP,Four\n")
    session = brings(HEAD + "A1,S1,HP,Four\n", "other=correct")
    assert product("A1") == "Four"
    merge("One", "Two")
    merge("Two", "Three")
    assert undo(session).state == "undone"
    assert product("A1") == "Three"


def test_an_undo_puts_back_what_still_stands(brings: Brings) -> None:
    brings(HEAD + "A1,S1,HP,One\nA2,S2,HP,Two\n")
    undo(brings(HEAD + "A1,S1,HP,Two\n", "other=correct"))
    assert product("A1") == "One"


def test_a_name_that_was_merged_twice_means_what_stayed(brings: Brings, lincoln: School) -> None:
    brings(HEAD + "A1,S1,HP,One\nA2,S2,HP,Two\nA3,S3,HP,Three\n")
    merge("One", "Two")
    merge("Two", "Three")
    session = brings(HEAD + "A1,S1,HP,One\nA2,S2,HP,One\nA4,S4,HP,One\n")
    assert outcomes(session) == {"same": 2, "create": 1}
    assert product("A4") == "Three"
