"""What disables an act's button is what the act refuses with, and many are done all or none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from assets import actions
from assets.act import Act, Reason, acts
from assets.custody.acts import Assign, Return
from assets.leaving.acts import Dispose
from assets.mistakes.acts import Correct, Edit
from assets.mistakes.merge_acts import Merge
from assets.models import Asset
from assets.places.acts import ChangeStatus, Find, Move
from assets.sightings.acts import Verify
from core.access import SYSTEM
from core.models import Entry
from core.problems import NotPermitted, Refused
from core.time import days
from people.models import Person, Room, School, User
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
    actions.dispose_asset(found["gone"], by=SYSTEM, method="sold", disposed_on=days.today())
    actions.void_asset(found["void"], by=SYSTEM, reason="Never was")
    actions.merge_assets(found["merged"], into=found["winner"], by=SYSTEM, reason="One")
    return list(Asset.objects.filter(pk__in=[a.pk for a in found.values()]).order_by("pk"))


def inputs(room: Room, jamal: Person, things: Sequence[Asset]) -> dict[str, Any]:
    """What somebody types for each act, right as far as it goes."""
    other, winner = things[0], next(a for a in things if a.tag == "T-winner")
    return {
        "assign": Assign(person=jamal),
        "return": Return(room, None),
        "move": Move(room, None),
        "status": ChangeStatus("in_repair"),
        "find": Find(room=room),
        "verify": Verify(room=room),
        "edit": Edit(other.version, "x", "", "", None, "", None),
        "correct": Correct(reason="Misread", serial="S-9"),
        "dispose": Dispose("sold", days.today()),
        "reopen": Reason("Misread"),
        "void": Reason("Never was"),
        "reinstate": Reason("It was"),
        "merge": Merge(winner, "One"),
        "unmerge": Reason("Two"),
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
    given = inputs(room, jamal, things)
    asked = 0
    for act in acts():
        said = act.problems(things)
        for asset in things:
            if act.name in given and (told := {p.code for p in said.get(asset.pk, ())}):
                assert told <= codes(act, [asset], given[act.name]), (act.name, asset.tag)
                asked += 1
    assert asked > 20
    assert {act.name for act in acts()} == given.keys()


def test_many_are_done_all_or_none_and_the_refusal_says_which(
    things: list[Asset], room: Room, jamal: Person
) -> None:
    given = inputs(room, jamal, things)
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


def test_an_act_records_and_asks_for_what_it_is_declared_with(
    things: list[Asset], room: Room, jamal: Person, vic: User
) -> None:
    """An act's kind and permission stand in its declaration and in its action."""
    given = inputs(room, jamal, things)
    done = set()
    # A merge takes a thing away that the others are tried with.
    for act in sorted(acts(), key=lambda act: "merge" in act.name):
        if act.name == "merge":
            things = list(Asset.objects.filter(pk__in=[a.pk for a in things]).order_by("pk"))
        said = act.problems(things)
        good = next((a for a in things if act.name in given and not said.get(a.pk)), None)
        if good is None:
            continue
        asked = given[act.name]
        if isinstance(asked, Edit):
            asked = replace(asked, version=Asset.objects.get(pk=good.pk).version)
        with pytest.raises(NotPermitted) as refusal:
            act.do([good], asked, vic)
        needed = {p.data["permission"] for p in refusal.value.problems}
        assert needed == {act.permission}, act.name
        act.do([good], asked, SYSTEM)
        kinds = Entry.objects.of(good).order_by("-pk").values_list("kind", flat=True)
        assert kinds[0] == act.kind, act.name
        done.add(act.name)
    assert done == given.keys()


def test_an_act_that_people_date_holds_from_the_day_that_they_typed(
    lincoln: School, room: Room, maria: Person, tom: User, client_of: Callable[[User], Client]
) -> None:
    day = days.today() - timedelta(days=3)
    start = days.start_of_day(day)
    for name, typed in (("assign", {"person": maria.local_id}), ("move", {"room": room.pk})):
        home = lincoln.rooms.get(code="LIB")
        thing = make_asset(school=lincoln, room=home, at=start - timedelta(days=5))
        sent = typed | {"on": day.isoformat()}
        assert client_of(tom).post(f"/assets/{thing.pk}/{name}/", sent).status_code == 302, name
        before, then = (thing.spans.as_of(start + n * timedelta(hours=1)).get() for n in (-1, 1))
        assert before.holder_id != then.holder_id or before.room_id != then.room_id, name
