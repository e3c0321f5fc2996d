"""Every enumerated column of every import kind goes through a closed list of words."""

from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from integrations import cells
from integrations.fields import Field
from integrations.kinds import KINDS
from integrations.kinds.assets.reading.quantity import count
from integrations.words import (
    ENABLED,
    ENROLLED,
    OUT_TO,
    ROLE,
    STANDING,
    STATE,
    WORN,
    WordList,
    fold,
)

#: What the rows of a kind write.
WRITTEN = {
    "assets": ("assets.asset", "assets.product", "assets.category", "assets.disposal"),
    "people": ("people.person",),
    "places": ("people.school", "people.room"),
    "awards": ("funding.award", "funding.program"),
}
LISTS = [ROLE, STANDING, ENABLED, ENROLLED, STATE, WORN, OUT_TO]
#: How a cell that is no word may be read: each of these takes what it understands or refuses.
READERS = {
    cells.text,
    cells.name,
    cells.code,
    cells.thing_code,
    cells.aln,
    cells.nces_id,
    cells.money,
    cells.percent,
    cells.day,
    cells.past_day,
    count,
}


def guessing(field: Field, columns: dict[str, Any]) -> str:
    """Why a field could be read by guessing; empty where it cannot."""
    column = columns.get(field.name)
    if field.words is not None:
        return ""
    if column is not None and (column.choices or isinstance(column, models.BooleanField)):
        return f"{field.name} has choices and no closed list"
    reader = field.parse.func if isinstance(field.parse, partial) else field.parse
    if reader not in READERS:
        return f"{field.name} is read by {reader} and by no closed list"
    return ""


def columns_of(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for label in WRITTEN[kind]:
        found = {f.name: f for f in apps.get_model(label)._meta.fields} | found
    return found


def test_every_enumerated_column_has_a_closed_list() -> None:
    assert set(WRITTEN) == set(KINDS)
    for name, kind in KINDS.items():
        assert [g for f in kind.fields if (g := guessing(f, columns_of(name)))] == []


def test_the_rule_notices_a_guess() -> None:
    people = columns_of("people")
    assert guessing(Field("kind", (), partial(cells.text, longest=9)), people)
    assert guessing(Field("active", (), lambda v: v != "no"), people)
    assert guessing(Field("grade", (), lambda v: v or "K"), people)
    assert not guessing(Field("kind", (), words=ROLE), people)
    assert not guessing(Field("grade", (), partial(cells.text, longest=9)), people)


@pytest.mark.parametrize("words", LISTS)
def test_a_list_is_in_itself_whole(words: WordList) -> None:
    for system in words.sure.values():
        assert set(system.values()) <= set(words.choices)
    assert {key for key in words.proposed.values() if key != "-"} <= set(words.choices)
    known = words.known()
    assert {key for key, meaning in known.items() if meaning.key not in words.choices} == set()
    ours = {fold(str(label)): key for key, (_value, label) in words.choices.items()}
    assert {w: known[w].key for w in ours} == ours, "no system's word goes before ours"


@pytest.mark.parametrize("words", [ROLE, STANDING, STATE, WORN])
def test_letters_and_figures_alone_tell_nothing(words: WordList) -> None:
    assert not [w for w in words.known() if len(w) < 2 or w.isdecimal()]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Widget", " WIDGET ", True),
        ("Ready to Deploy", "ready-to_deploy.", True),
        ("Réformé", "reforme", True),
        ("N/A", "na", True),
        ("In-Use", "in use", True),
        ("1/2", "12", False),
        ("Lost?", "Lost", False),
        ("B+", "B-", False),
        ("-1", "1", False),
        ("???", "!!!", False),
        ("新", "旧", False),
    ],
)
def test_words_are_compared_folded(one: str, other: str, same: bool) -> None:
    assert (fold(one) == fold(other)) is same
