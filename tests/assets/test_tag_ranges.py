"""Tag numbers are reserved once, handed out once, and run out with a sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import register_assets, reserve_tags, take_tags
from assets.models import Asset, TagRange
from core.access import SYSTEM
from core.problems import Refused
from people.actions.district import change_district
from people.models import School, User
from tests.factories import make_asset, make_product
from tests.refusing import page_says, refusal, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def typed(first: int, last: int, **more: Any) -> dict[str, str]:
    values = {"name": "Printer", "prefix": "P", "digits": 4, "first": first, "last": last} | more
    return {name: str(value) for name, value in values.items()}


@pytest.mark.parametrize(("first", "last"), [(10, 9), (1, 10000)])
def test_a_range_that_is_none(first: int, last: int, ana: User, client_of: Of) -> None:
    said = "Give a first and a larger last number, of at most 4 digits"
    page_says(client_of(ana), "/tags/", typed(first, last), "range-reversed", said)


@pytest.mark.parametrize(("first", "last"), [(100, 100), (1, 150), (1, 999), (120, 130)])
def test_a_range_that_meets_another(first: int, last: int, ana: User, client_of: Of) -> None:
    reserve_tags("Labels of 2024", 100, 199, by=SYSTEM, prefix="P", digits=4)
    said = "reserved already by Labels of 2024: choose others"
    page_says(client_of(ana), "/tags/", typed(first, last), "range-taken", said)
    wider = typed(first, last, digits=6)
    assert client_of(ana).post("/tags/", wider).status_code == 302, "P000100 is not P0100"


@pytest.mark.parametrize("name", ["district", " District "])
def test_a_range_by_the_name_of_the_districts_own(name: str, ana: User, client_of: Of) -> None:
    said = "give it another name"
    form = typed(1, 9, name=name)
    page_says(client_of(ana), "/tags/", form, "range-own-name", said)
    assert not TagRange.objects.exists()


def test_a_range_is_used_up_where_the_next_one_begins(ana: User) -> None:
    first = reserve_tags("First", 1, 5, by=ana, prefix="P", digits=4)
    reserve_tags("Second", 6, 9, by=ana, prefix="P", digits=4)
    assert take_tags(5, by=ana, range_=first)[-1] == "P0005"
    said = "All tag numbers of the range First are handed out"
    with refusal("range-used-up"), pytest.raises(Refused, match=said):
        take_tags(1, by=ana, range_=first)


def test_rob_is_told_that_the_district_has_no_numbers_left(
    rob: User, ana: User, lincoln: School, api_of: Of
) -> None:
    reserve_tags("All of them", 1, 999_999, by=SYSTEM)
    body = {"product": make_product().pk, "school": lincoln.pk}
    said = "give the district another prefix or longer tags in its settings"
    rest_says(api_of(rob), "assets", body, "range-used-up", said)
    change_district(by=ana, tag_length=7)
    answer = api_of(rob).post("/api/v1/assets", body, content_type="application/json")
    assert answer.json()["tag"] == "1000000", "0000001 is 000001, which is somebody's label"


def test_the_district_hands_out_no_number_that_was_reserved(
    ana: User, rob: User, lincoln: School, api_of: Of
) -> None:
    reserve_tags("Lincoln's labels", 1, 500, by=SYSTEM, school=lincoln)
    body = {"product": make_product().pk, "school": lincoln.pk}
    answer = api_of(rob).post("/api/v1/assets", body, content_type="application/json")
    assert (answer.status_code, answer.json()["tag"]) == (201, "000501")
    assert TagRange.objects.count() == 2
    assert register_assets([], by=ana) == []
    assert Asset.objects.count() == 1


def offered(client: Client) -> str:
    """The tag that the form of a new asset offers."""
    tag = client.get("/assets/new/").context["form"]["tag"].value()
    return str(tag)


def test_the_form_offers_what_an_import_would_hand_out(ana: User, client_of: Of) -> None:
    change_district(by=ana, tag_prefix="TU")
    reserve_tags("Stickers of the band", 1, 2, by=SYSTEM, prefix="ST", digits=4)
    assert offered(client_of(ana)) == "TU000001", "not one that somebody reserved"
    assert take_tags(2, by=ana) == ["TU000001", "TU000002"]
    assert offered(client_of(ana)) == "TU000003"
    change_district(by=ana, tag_prefix="A", tag_length=5)
    assert offered(client_of(ana)) == "A00001", "of the prefix that the settings say now"
    reserve_tags("The first", 1, 500, by=SYSTEM, prefix="A", digits=5)
    assert offered(client_of(ana)) == take_tags(1, by=ana)[0] == "A00501"


def test_the_form_offers_no_number_after_the_last(
    ana: User, lincoln: School, client_of: Of
) -> None:
    change_district(by=ana, tag_length=4)
    take_tags(9998, by=ana)
    assert offered(client_of(ana)) == "9999"
    make_asset(school=lincoln, tag="9999")
    assert offered(client_of(ana)) == ""


@pytest.mark.parametrize(
    ("prefix", "digits", "first", "last"),
    [
        ("cf", 6, 1, 50),
        ("CF0", 5, 50, 60),
        ("CF00004", 1, 0, 9),
        ("CF", 6, 50, 50),
        ("CF-", 6, 1, 50),
        (" cf 0", 5, 50, 60),
        ("CF\u2011", 6, 1, 50),
    ],
)
def test_a_range_that_makes_the_same_codes_in_another_way(
    prefix: str, digits: int, first: int, last: int, ana: User, client_of: Of
) -> None:
    reserve_tags("Stickers of the band", 40, 50, by=SYSTEM, prefix="CF", digits=6)
    form = typed(first, last, prefix=prefix)
    if digits < 3:
        with refusal("range-taken"), pytest.raises(Refused, match="already by Stickers of the"):
            reserve_tags("Library", first, last, by=ana, prefix=prefix, digits=digits)
        return
    said = "reserved already by Stickers of the band: choose others"
    page_says(client_of(ana), "/tags/", form | {"digits": str(digits)}, "range-taken", said)


@pytest.mark.parametrize(("digits", "first", "last"), [(6, 1, 100), (3, 150, 999), (5, 199, 199)])
def test_a_range_of_numbers_alone_is_the_same_with_other_zeros(
    digits: int, first: int, last: int, ana: User, client_of: Of
) -> None:
    reserve_tags("Labels of 2024", 100, 199, by=SYSTEM, prefix="", digits=4)
    form = typed(first, last, prefix="", digits=digits)
    page_says(client_of(ana), "/tags/", form, "range-taken", "already by Labels of 2024")


@pytest.mark.parametrize(("prefix", "code"), [("'", "code-marked"), ("$", "code-broken")])
def test_a_prefix_whose_numbers_are_no_tags(
    prefix: str, code: str, ana: User, client_of: Of
) -> None:
    form = typed(1, 99, prefix=prefix)
    page_says(client_of(ana), "/tags/", form, code, f"{prefix}0001")
    with refusal(code), pytest.raises(Refused, match="000001"):
        change_district(by=ana, tag_prefix=prefix)
    assert change_district(by=ana, tag_prefix="P$").tag_prefix == "P$"


@pytest.mark.parametrize(("prefix", "first"), [("CF1", 1), ("CF0", 51), ("C", 1), ("F", 40)])
def test_a_range_beside_another(prefix: str, first: int, ana: User) -> None:
    reserve_tags("Stickers of the band", 40, 50, by=SYSTEM, prefix="CF", digits=6)
    digits = 8 - len(prefix)
    assert reserve_tags("Library", first, first + 5, by=ana, prefix=prefix, digits=digits).pk


def test_the_district_goes_on_before_and_after_what_is_reserved_of_its_numbers(
    ana: User, client_of: Of
) -> None:
    change_district(by=ana, tag_prefix="ZZ", tag_length=4)
    reserve_tags("Stickers of the band", 9000, 9999, by=ana, prefix="ZZ", digits=4)
    reserve_tags("Library", 3, 4, by=ana, prefix="zz-00", digits=2)
    assert offered(client_of(ana)) == "ZZ0001"
    assert take_tags(3, by=ana) == ["ZZ0001", "ZZ0002", "ZZ0005"]
    assert take_tags(8994, by=ana)[-1] == "ZZ8999"
    assert offered(client_of(ana)) == ""
    with refusal("range-used-up"), pytest.raises(Refused, match="handed out"):
        take_tags(1, by=ana)


def test_numbers_are_reserved_where_the_district_hands_out_its_own(
    ana: User, lincoln: School, client_of: Of
) -> None:
    """Ana reserves the very next ones; of those that are labels already she is told."""
    change_district(by=ana, tag_prefix="TU")
    for tag in take_tags(2, by=ana):
        make_asset(school=lincoln, tag=tag)
    client = client_of(ana)
    client.post("/tags/", typed(3, 5, name="Band", prefix="TU", digits=6))
    assert offered(client) == take_tags(1, by=ana)[0] == "TU000006"
    answer = client.post("/tags/", typed(1, 2, name="Old", prefix="tu", digits=6), follow=True)
    said = "2 of these numbers lead to items already, TU000001 and others: print no labels"
    assert said in answer.content.decode()
    assert TagRange.objects.count() == 3


@pytest.mark.parametrize(("prefix", "said"), [("QQ-", "1 of these"), ("QQ.", ""), ("Q Q", "")])
def test_whoever_reserves_is_told_of_things_that_are_written_otherwise(
    prefix: str, said: str, ana: User, lincoln: School, client_of: Of
) -> None:
    for tag in ("QQ0003", "QQ00003", "QQ", "QQ0099"):
        make_asset(school=lincoln, tag=tag, another=True)
    form = typed(1, 9, prefix=prefix)
    page = client_of(ana).post("/tags/", form, follow=True).content.decode()
    assert ("leads to an item already, QQ0003" in page) == bool(said)
    assert TagRange.objects.count() == 1
