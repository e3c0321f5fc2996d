"""An act is declared once, and the house makes the rest of it; a part that is missing is told when
the program starts."""

import ast
import importlib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import clear_url_caches

from assets import act as acts
from assets.act import Act, Page, Verb, register_act
from assets.models import Asset, Condition
from core.journal import sentences, showing, verify
from people.models import School, User
from tests.factories import make_asset
from tests.house_rules import _name
from tests.worked import urls
from tests.worked.cleaning import CLEAN, CleanForm, CleanInput, CleanMany

Of = Callable[[User | None], Client]


@pytest.fixture
def cleaning() -> Iterator[None]:
    """The house with one act more."""
    showing.register_keys("assets.asset", "cloth")  # it would stand in assets/shown.py
    register_act(CLEAN)
    sentences.register_sentences({CLEAN.kind: CLEAN.sentence})  # with ACTS in assets/house.py
    importlib.reload(urls)
    clear_url_caches()
    try:
        with override_settings(ROOT_URLCONF="tests.worked.urls"):
            yield
    finally:
        del acts._acts[CLEAN.name], sentences._sentences[CLEAN.kind]
        del showing._keys["assets.asset"]["cloth"]
        clear_url_caches()


@pytest.mark.django_db
@pytest.mark.usefixtures("cleaning")
def test_the_page_the_button_and_the_sentence_of_an_act_come_from_it(
    tom: User, vic: User, lincoln: School, client_of: Of
) -> None:
    thing = make_asset(school=lincoln, tag="DUSTY", condition=Condition.FAIR)
    client, page, address = client_of(tom), f"/assets/{thing.pk}/", f"/assets/{thing.pk}/clean/"
    assert f'href="{address}"' in client.get(page).content.decode()
    assert f'href="{address}"' not in client_of(vic).get(page).content.decode()
    assert client_of(vic).post(address, {"cloth": "silk"}).status_code == 403
    assert "Clean: DUSTY" in client.get(address).content.decode()
    assert client.post(address, {"cloth": "silk"}).url == page  # type: ignore[attr-defined]
    assert Asset.objects.get(pk=thing.pk).condition == Condition.GOOD
    after = client.get(page).content.decode()
    assert "It was cleaned with silk" in after
    # What disables the button is what the act refuses with.
    assert "DUSTY is clean already." in after and f'href="{address}"' not in after
    assert "DUSTY is clean already." in client.post(address, {"cloth": "silk"}).content.decode()
    assert verify.verify().findings == []


@pytest.mark.django_db
@pytest.mark.usefixtures("cleaning")
def test_the_verb_of_an_act_takes_one_and_many(
    rob: User, lincoln: School, token_of: Callable[..., str], client: Client
) -> None:
    one, two, good = (
        make_asset(school=lincoln, condition=c)
        for c in (Condition.FAIR, Condition.FAIR, Condition.GOOD)
    )

    def post(address: str, body: dict[str, Any]) -> Any:
        return client.post(
            f"/api/v1/assets/{address}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token_of(rob)}"},
        )

    assert post(f"{one.pk}/clean", {}).json()["condition"] == "good"
    assert post(f"{one.pk}/clean", {}).json()["errors"][0]["code"] == "clean-already"
    assert post(f"{two.pk}/clean", {"brush": "soft"}).status_code == 400
    told = post("clean", {"assets": [two.pk, good.pk]}).json()["results"]
    assert [row["status"] for row in told] == [200, 409]


@pytest.mark.parametrize("part", [f.name for f in fields(Act) if f.default is MISSING])
def test_an_act_without_one_of_its_parts_does_not_start(part: str) -> None:
    parts = {f.name: getattr(CLEAN, f.name) for f in fields(Act) if f.name != part}
    with pytest.raises(TypeError, match=part):
        Act(**parts)


@dataclass(frozen=True)
class Blind:
    """An input that the body does not fill."""

    who: str


BAD: dict[str, Act[Any]] = {
    "no word": replace(CLEAN, name="clean it"),
    "name is taken": replace(CLEAN, name="assign"),
    "taken, or none": replace(CLEAN, kind="asset.moved"),
    "no label": replace(CLEAN, label=""),
    "no icon": replace(CLEAN, icon=""),
    "no sentence": replace(CLEAN, sentence=""),
    "does not name the item": replace(CLEAN, sentence="Clean"),
    "which nobody is shown": replace(CLEAN, sentence="{subject} was cleaned by {robot}"),
    "no role knows its permission": replace(CLEAN, permission="assets.clean_asset"),
    "words for its permission": replace(CLEAN, permission="assets.clean_asset"),
    "neither a page nor a verb": replace(CLEAN, page=None, verb=None),
    "does not say that it was done": replace(
        CLEAN, page=Page(form=CleanForm, given=lambda typed, asset, by: None, done="")
    ),
    "contract says nothing": replace(CLEAN, verb=Verb(shape=CleanMany, text="")),
    "its input has not": replace(CLEAN, verb=Verb(shape=CleanMany, text="It was cleaned.")),
    "its body does not": replace(CLEAN, input=Blind),
    "has ..assets": replace(
        CLEAN,
        verb=Verb(shape=CleanInput, text="It", many=CleanMany, many_text="Many", own="cloth"),
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_an_act_whose_parts_do_not_fit_does_not_start(fault: str) -> None:
    before = acts.acts()
    with pytest.raises(TypeError, match=fault):
        register_act(BAD[fault])
    assert acts.acts() == before


def test_no_act_is_declared_and_then_forgotten() -> None:
    declared = {
        found.targets[0].id  # type: ignore[attr-defined]
        for path in Path(acts.__file__).parent.rglob("*.py")
        for found in ast.walk(ast.parse(path.read_text()))
        if isinstance(found, ast.Assign)
        and isinstance(found.value, ast.Call)
        and _name(found.value) == "Act"
    }
    listed = importlib.import_module("assets.acts")
    assert {getattr(listed, name).name for name in declared} == {a.name for a in acts.acts()}
