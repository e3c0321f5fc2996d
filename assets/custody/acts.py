"""The acts of custody: check out, check in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from assets.act import Act, Page, Verb, each, from_day
from assets.custody import rules, shapes
from assets.custody.actions import assign_asset, assign_assets, return_assets
from assets.custody.forms import AssignForm, ReturnForm
from assets.models import Asset
from core.access import Actor
from people.lookup import person_typed
from people.models import Person, Room


@dataclass(frozen=True)
class Assign:
    """To whom (of many things each to their own, by its key), since when, until when."""

    person: Person | Mapping[int, Person]
    at: datetime | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Return:
    """Where it goes, and how it looks."""

    room: Room | None = None
    condition: str | None = None
    at: datetime | None = None


def _assign(assets: Sequence[Asset], given: Assign, by: Actor) -> Sequence[Asset]:
    to = given.person
    pairs = [(a, to[a.pk] if isinstance(to, Mapping) else to) for a in assets]
    if len(pairs) == 1:  # the desk's, which makes half as many round trips
        asset, person = pairs[0]
        assign_asset(asset, to=person, by=by, at=given.at, due_on=given.due_on)
    else:
        assign_assets(pairs, by=by, at=given.at, due_on=given.due_on)
    return assets


def _return(assets: Sequence[Asset], given: Return, by: Actor) -> Sequence[Asset]:
    return return_assets(assets, by=by, room=given.room, condition=given.condition, at=given.at)


def _returned(typed: dict[str, Any], asset: Asset, by: Actor) -> Return:
    kept = typed["condition"] == "keep"
    return Return(typed["room"], None if kept else typed["condition"])


ASSIGN = Act(
    name="assign",
    kind="asset.assigned",
    sentence=_("{subject} was handed to {holder}"),
    permission="assets.assign_asset",
    label=_("Check out"),
    icon="user-plus",
    input=Assign,
    do=_assign,
    problems=each(rules.hand_out_problems),
    page=Page(
        form=AssignForm,
        given=lambda typed, asset, by: Assign(
            person_typed(typed["person"], by, "person"), from_day(typed["on"])
        ),
        done=_("Checked out."),
    ),
    verb=Verb(
        shape=shapes.AssignInput,
        text="Hand an asset to a person (check out).",
        many=shapes.AssignMany,
        many_text="Hand many assets out, each to its person.",
        own="person",
    ),
)
RETURN = Act(
    name="return",
    kind="asset.returned",
    sentence=_("{subject} was checked in from {person}[ to {room}]"),
    permission="assets.return_asset",
    label=_("Check in"),
    icon="user-minus",
    input=Return,
    do=_return,
    problems=rules.not_out_problems,
    page=Page(
        form=ReturnForm,
        given=_returned,
        done=_("Checked in."),
        initial=lambda asset: {"room": asset.home_room_id, "condition": "keep"},
    ),
    verb=Verb(
        shape=shapes.ReturnInput,
        text="Check an asset in, to a room or to its home room.",
        many=shapes.ReturnMany,
        many_text="Check many assets in.",
    ),
)
