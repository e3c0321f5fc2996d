"""What may be done with an asset now, and why not: the buttons of its page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from assets.act import acts
from assets.models import Asset
from core.access import MaybeActor, may
from core.problems import Problem


@dataclass(frozen=True)
class Possible:
    """An act's button, and the Problem that disables it: what the act itself would refuse with."""

    name: str
    label: str | Promise
    icon: str
    problem: Problem | None

    @property
    def url_name(self) -> str:
        """The address of its page."""
        return f"asset-{self.name}"


def possible(asset: Asset, by: MaybeActor) -> list[Possible]:
    """The acts this actor's role has, each with the reason when it cannot be done now."""
    return [
        Possible(act.name, act.label, act.icon, next(iter(why.get(asset.pk, ())), None))
        for act in acts()
        if act.page is not None and act.belongs(asset) and may(by, act.permission, asset)
        for why in [act.problems([asset])]
    ]


def refusals(found: Sequence[Possible]) -> list[tuple[str, list[Possible]]]:
    """The acts that cannot be done now, under the sentence that says why."""
    told: dict[str, list[Possible]] = {}
    for one in found:
        if one.problem is not None:
            told.setdefault(str(one.problem.message), []).append(one)
    return list(told.items())
