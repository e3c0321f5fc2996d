"""The acts that put right what was recorded: edit, correct, void, and the undo of that."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from assets.act import Act, Page, Reason, Verb, each, one_by_one, only_why
from assets.mistakes import rules, shapes
from assets.mistakes.correct import correct_asset
from assets.mistakes.describe import change_asset
from assets.mistakes.forms import CorrectForm, EditForm
from assets.mistakes.void import reinstate_assets, void_assets
from assets.models import Asset, Product, Status
from core.access import Actor
from core.api.shapes import ReasonInput
from core.time import days
from core.web.forms import ReasonForm
from people.lookup import person_typed
from people.models import Person, Room, School

_IDENTITY = ("tag", "serial", "product", "acquired_on")


@dataclass(frozen=True)
class Edit:
    """What it is like now; `version` is the one that the form was compared with."""

    version: int
    description: str
    use: str
    title_holder: str
    home_room: Room | None
    condition: str
    acquired_on: date | None


@dataclass(frozen=True)
class Correct:
    """What was wrong, and what is right; None is not corrected. `version`: which the form was
    compared with."""

    reason: str
    tag: str | None = None
    serial: str | None = None
    product: Product | None = None
    acquired_on: date | None = None
    holder: Person | None = None
    room: Room | None = None
    school: School | None = None
    at: datetime | None = None
    another: bool = False
    version: int | None = None


def _edit(asset: Asset, given: Edit, by: Actor) -> object:
    return change_asset(asset, by=by, **_values(given))


def _correct(asset: Asset, given: Correct, by: Actor) -> object:
    return correct_asset(asset, by=by, **_values(given))


def _values(given: Edit | Correct) -> dict[str, Any]:
    return dict(vars(given))


def _corrected(typed: dict[str, Any], asset: Asset, by: Actor) -> Correct:
    on, holder = typed.pop("on"), typed.pop("holder")
    return Correct(
        holder=person_typed(holder, by, "holder") if holder else None,
        at=days.start_of_day(on) if on else None,
        version=asset.version,
        **typed,
    )


EDIT = Act(
    name="edit",
    kind="asset.changed",
    sentence=_("{subject} was edited[ ({reason})]"),
    permission="assets.change_asset",
    label=_("Edit"),
    icon="pencil",
    input=Edit,
    do=one_by_one(_edit),
    problems=each(rules.merged_problems),
    page=Page(
        form=EditForm,
        given=lambda typed, asset, by: Edit(version=asset.version, **typed),
        done=_("Saved."),
        submit=_("Save"),
        initial=lambda asset: {name: getattr(asset, name) for name in EditForm.base_fields},
        edits=True,
    ),
    verb=None,  # programs change the noun itself: PATCH /assets/7
)
CORRECT = Act(
    name="correct",
    kind="asset.corrected",
    sentence=_("{subject} was corrected ({reason})"),
    permission="assets.correct_asset",
    label=_("Correct"),
    icon="eraser",
    input=Correct,
    do=one_by_one(_correct),
    problems=each(rules.merged_problems),
    page=Page(
        form=CorrectForm,
        given=_corrected,
        done=_("Corrected; what stood there before stays in its history."),
        initial=lambda asset: {name: getattr(asset, name) for name in _IDENTITY},
        edits=True,
        explanation=_("For what was wrong from the beginning. An old tag goes on leading here."),
        preview=True,
    ),
    verb=Verb(
        shape=shapes.CorrectInput,
        text="What the register says was wrong from the beginning, or from `at` on.",
        notices=True,
    ),
)
VOID = Act(
    name="void",
    kind="asset.voided",
    sentence=_("{subject} was voided ({reason})"),
    permission="assets.void_asset",
    label=_("Void"),
    icon="ban",
    input=Reason,
    do=lambda assets, given, by: void_assets(assets, by=by, reason=given.reason),
    problems=each(rules.void_problems),
    page=Page(
        form=ReasonForm,
        given=only_why,
        done=_("Voided. It can be undone here."),
        explanation=_("It never existed. Its tag stays used and is not given again."),
        danger=True,
        preview=True,
    ),
    verb=Verb(shape=ReasonInput, text="It never existed."),
)
REINSTATE = Act(
    name="reinstate",
    kind="asset.reinstated",
    sentence=_("{subject} is not void after all ({reason})"),
    permission="assets.void_asset",
    label=_("Undo void"),
    icon="rotate",
    input=Reason,
    do=lambda assets, given, by: reinstate_assets(assets, by=by, reason=given.reason),
    problems=each(rules.not_void_problems),
    belongs=lambda asset: asset.status == Status.VOID and asset.merged_into_id is None,
    page=Page(
        form=ReasonForm,
        given=only_why,
        done=_("It is not void after all."),
        explanation=_("It exists after all. It stands as before, but with nobody."),
        preview=True,
    ),
    verb=Verb(
        shape=ReasonInput,
        text="It exists after all: undo the void. It stands as before, but with nobody.",
    ),
)
