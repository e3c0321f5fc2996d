"""The act of sightings: seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from assets.act import Act, Page, Verb, each
from assets.custody.rules import closed_problems
from assets.models import Asset
from assets.sightings import shapes
from assets.sightings.actions import verify_assets
from core.access import Actor
from core.web.forms import HouseForm
from people.models import Room


@dataclass(frozen=True)
class Verify:
    """Where it was seen, how it looked, and when."""

    room: Room | None = None
    condition: str | None = None
    at: datetime | None = None


def _verify(assets: Sequence[Asset], given: Verify, by: Actor) -> Sequence[Asset]:
    return verify_assets(assets, by=by, room=given.room, condition=given.condition, at=given.at)


VERIFY = Act(
    name="verify",
    kind="asset.verified",
    sentence=_("{subject} was seen[ in {room}][: condition {condition}]"),
    permission="assets.verify_asset",
    label=_("Seen"),
    icon="eye-check",
    input=Verify,
    do=_verify,
    problems=each(closed_problems),
    page=Page(
        form=HouseForm,
        given=lambda typed, asset, by: Verify(asset.room),
        done=_("Recorded: you saw it today."),
        explanation=_("You have it before your eyes, where the register says it is."),
    ),
    verb=Verb(
        shape=shapes.VerifyInput,
        text="Record that an asset was seen.",
        many=shapes.VerifyMany,
        many_text="Record that many assets were seen.",
    ),
)
