"""What disables an act's button is what the act refuses with, and many are done all or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assets import actions
from assets.act import Act, Reason, acts
from assets.custody.acts import Assign, Return
from assets.leaving.acts import Dispose
from assets.mistakes.acts import Correct, Edit
from assets.models import Asset
from assets.places.acts import ChangeStatus, Find, Move
from assets.sightings.acts import Verify
from core.access import SYSTEM
from core.problems import Refused
from people.models import Person, Room, School
from tests.factories import make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(lincoln: School, room: Room, maria: Person) -> list[Asset]:
    """In each state in which a thing may be asked for an act."""
    names = ("stock", "held", "missing", "surplus", "waiting", "gone", "void", "merged", "winner")
    found = {n: make_asset(school=lincoln, room=room, tag=f"T-{n}") for n in names}
    actions.assign_asset(found["held"], to=maria, by=SYSTEM)
    actions.change_status(found["missing"], to="missing", by=SYSTEM)
    for name in ("surplus", "waiting", "gone"):
        actions.change_status(found[name], to="surplus", by=SYSTEM)
    for name in ("waiting", "gone"):
        actions.change_status(found[name], to="awaiting_disposal", by=SYSTEM)
    actions.dispose_asset(found["gone"], by=SYSTEM, method="sold", disposed_on=date(2026, 1, 5))
    actions.void_asset(found["void"], by=SYSTEM, reason="Never was")
    actions.merge_assets(found["merged"], into=found["winner"], by=SYSTEM, reason="One")
    return list(Asset.objects.filter(pk__in=[a.pk for a in found.values()]).order_by("pk"))


def inputs(room: Room, jamal: Person, other: Asset) -> dict[str, Any]:
    """What somebody types for each act, right as far as it goes."""
    return {
        "assign": Assign(person=jamal),
        "return": Return(room, None),
        "move": Move(room, None),
        "status": ChangeStatus("in_repair"),
        "find": Find(room=room),
        "verify": Verify(room=room),
        "edit": Edit(other.version, "x", "", "", None, "", None),
        "correct": Correct(reason="Misread", serial="S-9"),
        "dispose": Dispose("sold", date(2026, 2, 1)),
        "reopen": Reason("Misread"),
        "void": Reason("Never was"),
        "reinstate": Reason("It was"),
    }


def codes(act: Act[Any], things: Sequence[Asset], given: Any) -> set[str]:
    if isinstance(given, Edit):  # its editor saw the thing as it is
        given = replace(given, version=things[0].version)
    try:
        act.do(things, given, SYSTEM)
    except Refused as refusal:
        return {p.code for p in refusal.problems}
    return set()


def test_what_disables_the_button_is_what_refuses(
    things: list[Asset], room: Room, jamal: Person
) -> None:
    given = inputs(room, jamal, things[0])
    asked = 0
    for act in acts():
        said = act.problems(things)
        for asset in things:
            if act.name in given and (told := {p.code for p in said.get(asset.pk, ())}):
                assert told <= codes(act, [asset], given[act.name]), (act.name, asset.tag)
                asked += 1
    assert asked > 20
    assert {act.name for act in acts()} - given.keys() <= {"merge", "unmerge"}


def test_many_are_done_all_or_none_and_the_refusal_says_which(
    things: list[Asset], room: Room, jamal: Person
) -> None:
    given = inputs(room, jamal, things[0])
    for act in acts():
        if act.name not in given or act.name == "edit":  # of one version
            continue
        said = act.problems(things)
        good = [a for a in things if not said.get(a.pk)]
        bad = [a for a in things if said.get(a.pk)]
        if not good or not bad:
            continue
        pair = [good[0], bad[0]]
        before = list(Asset.objects.filter(pk__in=[a.pk for a in pair]).values("pk", "version"))
        with pytest.raises(Refused) as refusal:
            act.do(pair, given[act.name], SYSTEM)
        after = list(Asset.objects.filter(pk__in=[a.pk for a in pair]).values("pk", "version"))
        assert after == before, f"{act.name}: half of it was done"
        named = [str(p.field).split(".") for p in refusal.value.problems]
        rows = {parts[1] for parts in named if parts[0] == "rows"}
        if act.name in ("void", "reinstate"):
            continue  # imports alone do many: nothing of a row is read
        assert rows == {"1"}, (act.name, [p.field for p in refusal.value.problems])
