"""An act that the house has not: a thing was cleaned. All of it stands here; in the house the rule
would stand in rules.py, the function in actions.py, and the rest in acts.py of its topic."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets import state
from assets.act import Act, Page, Verb, each
from assets.custody.rules import closed_problems
from assets.many import of_rows
from assets.models import Asset, Condition
from assets.shapes import ids
from core.access import Actor, require_all
from core.api.fields import LineField
from core.api.shapes import Shape
from core.problems import Problem, refuse_if
from core.web.forms import HouseForm


@dataclass(frozen=True)
class Clean:
    """With what."""

    cloth: str = "microfiber"


class CleanForm(HouseForm):
    cloth = forms.CharField(label=gettext_lazy("With"), max_length=40, initial="microfiber")


class CleanInput(Shape[Any]):
    cloth = LineField(max_length=40, required=False)


class CleanMany(CleanInput):
    assets = ids()


def clean_problems(asset: Asset) -> Iterator[Problem]:
    """What left, and what is good already, is not cleaned."""
    yield from closed_problems(asset)
    if asset.condition == Condition.GOOD:
        message = _("%(tag)s is clean already.")
        yield Problem("clean-already", message % {"tag": asset.tag})


def clean_assets(assets: Sequence[Asset], given: Clean, by: Actor) -> Sequence[Asset]:
    """Clean them, all or none."""
    with transaction.atomic():
        # Two people may clean the same thing: the second waits, and finds it clean.
        pks = [a.pk for a in assets]
        rows = list(Asset.objects.visible_to(by).filter(pk__in=pks).locked())
        if len(rows) < len(set(pks)):
            raise Asset.DoesNotExist  # next door's, or none: nothing is cleaned
        require_all(by, "assets.verify_asset", rows)
        order = {pk: i for i, pk in enumerate(pks)}
        refuse_if(of_rows(((order[a.pk], clean_problems(a)) for a in rows), len(rows) > 1))
        changes = [
            state.StateChange(a, {"condition": Condition.GOOD}, {"cloth": given.cloth})
            for a in rows
        ]
        state.change_many(changes, kind="asset.cleaned", by=by)
    return rows


CLEAN = Act(
    name="clean",
    kind="asset.cleaned",
    sentence=gettext_lazy("{subject} was cleaned[ with {cloth}]"),
    permission="assets.verify_asset",
    label=gettext_lazy("Clean"),
    icon="eye-check",
    input=Clean,
    do=clean_assets,
    problems=each(clean_problems),
    page=Page(
        form=CleanForm,
        given=lambda typed, asset, by: Clean(typed["cloth"]),
        done=gettext_lazy("Clean."),
    ),
    verb=Verb(
        shape=CleanInput,
        text="It was cleaned.",
        many=CleanMany,
        many_text="Many were cleaned.",
    ),
)
