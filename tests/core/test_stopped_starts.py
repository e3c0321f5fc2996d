"""What is registered or declared wrongly stops the program's start: nobody finds it by a page that
fails, or says something else, long after."""

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from assets.api.bulk import draft_fits
from assets.api.shapes import AssetInput
from assets.api.verbs import doors_fit
from assets.custody.shapes import AssignMany
from assets.models import Asset
from assets.scan.modes import MODES
from core import access, permissions, runs
from core.api.fields import IdField, LineField
from core.api.resource import Write
from core.api.shapes import Shape
from core.api.views import HouseView
from core.files import subjects
from core.journal import nouns, sentences, showing
from core.web import slots, words
from funding.api.purchases import PURCHASES
from people import retention
from people.roles import DISTRICT_WIDE, PERMISSIONS, POLICY, WITHIN, Role, placed
from tests import house_rules as rules
from tests.test_house import complaints, ours

WRONG, MAY = "assets.veiw_asset", "funding.change_purchase"


def _view() -> None:
    type("Toy", (HouseView,), {"permissions": {"GET": WRONG}})


NAMED: dict[str, Callable[[], object]] = {
    "navigation": lambda: slots.nav("Toys", "toys", "toy", WRONG),
    "panel": lambda: slots.panel("core.home", "toy.html", WRONG, lambda request, obj: {}),
    "noun": lambda: nouns.register_noun(WRONG, "toys.toy"),
    "keys": lambda: showing.register_keys("toys.toy", "color", WRONG),
    "with items": lambda: sentences.register_with_things(WRONG, "toys.toy"),
    "files": lambda: subjects.register_subject(Asset, WRONG),
    "token": lambda: access.register_within("toys.play", WRONG),
    "resource": lambda: replace(PURCHASES, view=WRONG),
    "write": lambda: Write(print, WRONG),
    "view": _view,
    "mode of the desk": lambda: replace(MODES["look"], permission=WRONG),
}


@pytest.mark.parametrize("place", NAMED)
def test_a_permission_that_no_role_knows_does_not_start(place: str) -> None:
    with pytest.raises(LookupError, match=WRONG):
        NAMED[place]()
    assert not any(item.permission == WRONG for item in slots._nav)


@pytest.mark.parametrize(
    ("new", "district_wide", "within"),
    [
        ("assets.clean_asset", (), ()),
        ("assets.clean_asset", ("assets.clean_asset",), ("assets.clean_asset",)),
        ("core.backup", (), ("core.backup",)),
        ("assets.view_asset", ("assets.view_asset",), ()),
        ("assets.view_asset", (), ("assets.veiw_asset",)),
    ],
)
def test_a_permission_is_the_districts_or_a_schools_or_nothing_starts(
    new: str, district_wide: tuple[str, ...], within: tuple[str, ...]
) -> None:
    policy = POLICY | {Role.TECHNICIAN: POLICY[Role.TECHNICIAN] | {new}}
    with pytest.raises(LookupError, match="either DISTRICT_WIDE or WITHIN"):
        placed(policy, DISTRICT_WIDE | {*district_wide}, WITHIN | {*within})
    assert placed(POLICY, DISTRICT_WIDE, WITHIN) == PERMISSIONS


def test_nor_does_one_that_was_named_before_the_roles_were_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(permissions, "_known", set())
    monkeypatch.setattr(permissions, "_early", [])
    permissions.known_permission("core.backup", "early")
    permissions.register_permissions(PERMISSIONS)
    permissions._known.clear()
    permissions.known_permission(WRONG, "early")
    with pytest.raises(LookupError, match=f"early: .*{WRONG}"):
        permissions.register_permissions(PERMISSIONS)


def test_nor_does_a_model_that_is_seen_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would show to nobody, without a word."""
    monkeypatch.setattr(Asset, "seen_with", WRONG)
    with pytest.raises(LookupError, match=r"Asset\.seen_with"):
        permissions.register_permissions(PERMISSIONS)


#: `app.do_something` that is no permission: a task, and what is asked like a permission.
OTHERS = {"core.do_run", access.NAMES}


def test_nor_is_a_misspelled_one_asked_for_anywhere() -> None:
    """What a page or an action asks by itself would fail at the first request."""
    label = re.compile(rf"({'|'.join(rules.APPS)})\.[a-z]+_(?!urls$)[a-z_]+")

    def misspelled(source: str) -> list[str]:
        found = (n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant))
        asked = {v for v in found if isinstance(v, str) and label.fullmatch(v)}
        return sorted(asked - PERMISSIONS - OTHERS)

    assert complaints(ours(), misspelled) == []
    assert misspelled(f"require(by, {WRONG!r}, asset)") == [WRONG]
    assert misspelled("require(by, 'assets.view_asset', asset)") == []


class Toy(Shape[Any]):
    """A body with ids that nothing looks up."""

    toy = IdField(source="toy_id")


class Toys(Shape[Any]):
    toys = Toy(many=True)


class Colored(AssetInput):
    color = LineField()


@pytest.mark.parametrize(
    ("noun", "lost"),
    [
        (lambda: replace(PURCHASES, doors={}), "vendor_id"),
        (lambda: replace(PURCHASES, change=Write(print, MAY, Toy)), "toy_id"),
        (lambda: replace(PURCHASES, create=Write(print, MAY, Toys)), "toys.toy_id"),
    ],
)
def test_a_noun_whose_ids_no_door_looks_up_does_not_start(
    noun: Callable[[], object], lost: str
) -> None:
    """They would reach its action as the numbers that somebody sent, whoever they belong to."""
    with pytest.raises(ImproperlyConfigured, match=re.escape(repr(lost))):
        noun()


@pytest.mark.parametrize("shape", [Toy, Toys])
def test_nor_does_an_act_nor_a_new_thing(shape: type[Shape[Any]]) -> None:
    with pytest.raises(ImproperlyConfigured, match="no door shows"):
        doors_fit("The act 'play'", shape)
    doors_fit("The act 'assign' with many", AssignMany, own="person")
    with pytest.raises(ImproperlyConfigured, match=r"rows\.person"):
        doors_fit("The act 'assign' with many", AssignMany)


def test_what_a_new_thing_says_and_nothing_keeps_does_not_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="color"):
        draft_fits(Colored)


def _nothing(*args: Any, **kwargs: Any) -> Any: ...


#: Two apps that say something under one name, by what they say.
TAKEN: dict[str, Callable[[], object]] = {
    "sentence": lambda: sentences.register_sentences({"asset.moved": "{subject} ran away"}),
    "namer": lambda: sentences.register_namer("people.room", _nothing),
    "key of ids": lambda: sentences.register_namer("toys.toy", _nothing, "room"),
    "field": lambda: sentences.register_fields({"status": "mood"}, {}),
    "codes": lambda: sentences.register_fields({}, {"status": {"happy": "Happy"}}),
    "with items": lambda: sentences.register_with_things("core.backup", "people.room"),
    "noun": lambda: nouns.register_noun("core.backup", "people.room"),
    "keys": lambda: showing.register_keys("people.room", "code", "core.backup"),
    "records": lambda: showing.register_records("room", _nothing),
    "files": lambda: subjects.register_subject(Asset, "core.backup"),
    "word": lambda: words.register_words({"room": ("Hall, halls", ("hall", "halls"))}),
    "what belongs to a word": lambda: words.register_belonging("room", "wing"),
    "way": lambda: access.register_way("award", "owner_id"),
    "token": lambda: access.register_within(access.NAMES, "core.backup"),
    "run": lambda: runs.register_kind("report", _nothing, "Other report"),
    "forgetter": lambda: retention.register_forgetter(
        retention.Forgetter(_nothing), "integrations.stagedrow"
    ),
}


@pytest.mark.parametrize("place", TAKEN)
def test_what_another_app_said_under_a_name_is_not_said_otherwise(place: str) -> None:
    with pytest.raises(LookupError, match="is registered already"):
        TAKEN[place]()


def test_the_same_may_be_said_twice() -> None:
    before = dict(sentences._sentences)
    sentences.register_sentences({"asset.moved": before["asset.moved"]})
    assert sentences._sentences == before
