"""Who keeps a copy from the feed has what REST answers: things, money and all that became of
them."""

from collections.abc import Callable
from typing import Any

import pytest

from assets.models import Asset
from core.journal import sealing
from demonstration.actions.generate import Size, generate
from funding.models import Award
from people.models import Person, School, User
from people.roles import Role
from tests.api.copy import Copy, Json
from tests.api.test_strict import Api, post
from tests.cast import make_user
from tests.factories import make_asset, make_product, make_purchase

pytestmark = pytest.mark.django_db(transaction=True)

#: What REST shows under its own name; the other fields of a record are those of the feed.
DERIVED = {"version", "make", "model", "category", "ug_text"}
#: Typed words and personal values stand masked in the feed: they come from REST.
MASKED = {"description", "note"}
TYPES = {
    "assets": "assets.asset",
    "awards": "funding.award",
    "units": "funding.unit",
    "purchases": "funding.purchase",
    "products": "assets.product",
    "schools": "people.school",
    "rooms": "people.room",
    "vendors": "funding.vendor",
    "categories": "assets.category",
}


def everything(read: Callable[[str], Json], url: str) -> list[Json]:
    found: list[Json] = []
    cursor = ""
    while True:
        page = read(f"/api/v1/{url}?limit=200{cursor}")
        found += page["results"]
        if not page["next"]:
            return found
        cursor = f"&cursor={page['next']}"


def differences(copy: Copy, read: Callable[[str], Json]) -> list[str]:
    """Each value that REST answers and the copy has otherwise."""
    found = []
    for url, type_ in TYPES.items():
        rows = {row["id"]: row for row in everything(read, url)}
        mine = copy.records.get(type_, {})
        for pk, row in rows.items():
            for name, value in row.items():
                if name in DERIVED | MASKED | {"id", "lines"}:
                    continue
                has = mine.get(pk, {}).get(name)
                if (has if has is not None else "") != (value if value is not None else ""):
                    found.append(f"{url} {pk} {name}: {has!r}, REST {value!r}")
        there = copy.of(type_)
        found += [f"{url} {pk}: only in the copy" for pk in there if pk not in rows]
        if url == "purchases":
            for pk, row in rows.items():
                lines = copy.rows_of(type_, pk, "funding.purchaseline")
                told = {
                    x["id"]: [x.get(n) or None for n in ("number", "amount", "quantity")]
                    for x in lines
                }
                rest = {x["id"]: [x["number"], x["amount"], x["quantity"]] for x in row["lines"]}
                found += [] if told == rest else [f"lines of {pk}: {told}, REST {rest}"]
    shares = sorted(
        (pk, s["award"], s["amount"])
        for (type_, pk), parts in copy.parts.items()
        if type_ == "funding.unit" and (type_, pk) not in copy.gone
        for s in parts.get("funding.unitshare", [])
        if not s.get("known_to") and not s.get("valid_to")
    )
    rest_shares = sorted((s["unit"], s["award"], s["amount"]) for s in everything(read, "shares"))
    return found + ([] if shares == rest_shares else ["shares differ"])


@pytest.fixture
def read(rob: User, api_of: Api) -> Callable[[str], Json]:
    return reader(api_of(rob))


def reader(api: Any) -> Callable[[str], Json]:
    """What a client is answered, which is never a refusal."""

    def get(url: str) -> Json:
        answer = api.get(url)
        assert answer.status_code == 200, answer.content
        found: Json = answer.json()
        return found

    return get


def test_a_copy_equals_rest_through_merges_corrections_and_returns(
    rob: User,
    api_of: Api,
    read: Callable[[str], Json],
    lincoln: School,
    washington: School,
    arp: Award,
    local: Award,
    maria: Person,
) -> None:
    api, why = api_of(rob), {"reason": "x"}
    copy = Copy(read)
    _purchase, units = make_purchase(shares=[(arp, "70"), (local, "30")])
    twin = make_product(make="Acer", model="C311")
    things = [
        make_asset(school=lincoln, unit=unit, description="By the window") for unit in units[:2]
    ]
    merged = make_asset(school=lincoln, product=twin)
    sealing.seal_all()
    copy.follow()
    assert differences(copy, read) == []

    def ask(url: str, body: Json) -> Any:
        answer = post(api, url, body)
        assert answer.status_code < 300, (url, answer.content)
        return answer.json()

    ask(f"assets/{things[0].pk}/assign", {"person": maria.pk})
    ask(f"assets/{things[0].pk}/return", {})
    ask(f"assets/{things[1].pk}/correct", {"serial": "S-RIGHT", **why})
    ask(f"assets/{merged.pk}/merge", {"into": things[0].pk, **why})
    ask(f"assets/{merged.pk}/unmerge", why)
    gone = ask("assets", {"product": twin.pk, "school": lincoln.pk})
    ask(f"assets/{gone['id']}/void", why)
    ask(f"assets/{gone['id']}/reinstate", why)
    there = washington.rooms.get(code="LIB")
    ask(f"assets/{gone['id']}/move", {"room": there.pk})
    product = read(f"/api/v1/products/{twin.pk}")
    changed = api.patch(
        f"/api/v1/products/{twin.pk}",
        {"model": "Chromebook 311 C"},
        content_type="application/json",
        headers={"if-match": f'"v{product["version"]}"'},
    )
    assert changed.status_code == 200, changed.content
    ask(f"products/{twin.pk}/merge", {"into": things[0].product_id, **why})
    ask(f"units/{units[0].pk}/cost", {"cost": "500.00", **why})
    _own, (unit, *_rest) = make_purchase(shares=[(local, "100")])
    ask(f"units/{unit.pk}/void", why)
    sealing.seal_all()
    copy.follow()
    assert differences(copy, read) == []
    assert copy.records["assets.asset"][things[0].pk]["description"] != "By the window"


def test_the_feed_says_whose_words_changed_and_rest_has_them(
    rob: User, api_of: Api, read: Callable[[str], Json], lincoln: School
) -> None:
    asset = make_asset(school=lincoln, description="By the window")
    copy = Copy(read)
    sealing.seal_all()
    copy.follow()
    before = copy.records["assets.asset"][asset.pk]["description"]
    api = api_of(rob)
    answer = api.patch(
        f"/api/v1/assets/{asset.pk}",
        {"description": "By the door"},
        content_type="application/json",
        headers={"if-match": '"v1"'},
    )
    assert answer.status_code == 200, answer.content
    since = copy.after
    sealing.seal_all()
    copy.follow()
    after = copy.records["assets.asset"][asset.pk]["description"]
    assert before != after
    assert "window" not in before + after
    assert "door" not in before + after
    (row,) = read(f"/api/v1/assets?changed_since={since}")["results"]
    assert row["description"] == "By the door"


@pytest.mark.soak
def test_a_copy_of_twenty_thousand_things_equals_rest(
    api_of: Api, record_property: Callable[[str, object], None]
) -> None:
    generate(Size(20_000))  # in a district of its own: it refuses a real one
    read = reader(api_of(make_user("Rob", Role.SERVICE, kind=User.Kind.SERVICE)))
    copy = Copy(read)
    copy.follow()
    assert differences(copy, read) == []
    assert len(copy.of("assets.asset")) == Asset.objects.count()
    record_property("assets", 20_000)
