"""The acts for two rows of one thing: merge, and undo that."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assets.act import Act, Page, Reason, Verb, each, one_by_one, only_why
from assets.codes.resolve import asset_of
from assets.mistakes import rules
from assets.mistakes.forms import MergeForm
from assets.mistakes.merge import merge_assets
from assets.mistakes.unmerge import unmerge_assets
from assets.models import Asset
from core.access import Actor
from core.api.shapes import MergeInput, ReasonInput
from core.problems import Problem, Refused
from core.web.forms import ReasonForm


@dataclass(frozen=True)
class Merge:
    """Which row stays, and why they are one thing."""

    into: Asset
    reason: str


def _merge(asset: Asset, given: Merge, by: Actor) -> object:
    return merge_assets(asset, into=given.into, by=by, reason=given.reason)


def _unmerge(asset: Asset, given: Reason, by: Actor) -> object:
    return unmerge_assets(asset, by=by, reason=given.reason)


def _merged(typed: dict[str, Any], asset: Asset, by: Actor) -> Merge:
    into = asset_of(typed["into"], by)
    if into is None:
        raise Refused(Problem("unknown", gettext("No asset of your schools has this tag."), "into"))
    return Merge(into, typed["reason"])


MERGE = Act(
    name="merge",
    kind="asset.merged",
    sentence=_("{subject} was merged into {into} ({reason})"),
    permission="assets.merge_asset",
    label=_("Merge"),
    icon="arrows-join",
    input=Merge,
    do=one_by_one(_merge),
    problems=each(rules.loser_problems),
    page=Page(
        form=MergeForm,
        given=_merged,
        done=_("Merged. It can be undone here."),
        explanation=_("Two rows for one item: this one ends, its codes lead to the other."),
        danger=True,
        preview=True,
    ),
    verb=Verb(
        shape=MergeInput,
        text="Two rows for one item: this one goes into another.",
    ),
)
UNMERGE = Act(
    name="unmerge",
    kind="asset.unmerged",
    sentence=_("{subject} stands by itself again ({reason})"),
    permission="assets.merge_asset",
    label=_("Undo merge"),
    icon="rotate",
    input=Reason,
    do=one_by_one(_unmerge),
    problems=each(rules.not_merged_problems),
    # The page of the row that stays offers it, beside each that went into it.
    belongs=lambda asset: False,
    page=Page(
        form=ReasonForm,
        given=only_why,
        done=_("They are two items again."),
    ),
    verb=Verb(shape=ReasonInput, text="They were two items: undo the merge."),
)
