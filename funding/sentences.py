"""How entries about money read."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor
from funding.models import Award, Purchase, Reclassification

SENTENCES: dict[str, Any] = {
    "program.created": _("A program was added"),
    "award.created": _("Award {subject} was added"),
    "award.changed": _("Award {subject} was changed"),
    "award.access_granted": _("{user} may view award {subject}"),
    "award.access_ended": _("{user} may view award {subject} no more"),
    "parameter.set": _("Parameter {key} ({scope}) is {value}[ in {state}][ from {starts_on} on]"),
    "capitalization_level.set": _("The capitalization level is {level}"),
    "vendor.created": _("A vendor was added"),
    "vendor.changed": _("A vendor was changed"),
    "vendor.merged": _("Two vendors were merged ({reason})"),
    "purchase.recorded": _("Purchase {subject} was recorded"),
    "purchase.changed": _("Purchase {subject} was changed[ ({reason})]"),
    "purchase.line_added": _("Line {line} was added to {subject}"),
    "purchase.line_changed": _("Line {line} of {subject} was changed ({reason})"),
    "purchase.line_removed": _("Line {line} of {subject} was taken off[ ({reason})]"),
    "purchase.received": _("Received of line {line} of {subject}: {quantity}"),
    "unit.received": _("A unit was received"),
    "unit.shared": _("Awards were set to pay for it"),
    "unit.reclassified": _("Other awards pay for it now ({reason})"),
    "unit.paid_from": _("Its money begins with the item that it paid for, else with its receipt"),
    "reclassification.asked": _("Somebody asked that other awards pay for {subject} ({reason})"),
    "reclassification.decided": _("What was asked for {subject} was {decision}"),
    "reclassification.withdrawn": _("What was asked for {subject} was withdrawn"),
    "reclassification.done": _("Other awards pay for {subject}, as was approved"),
    "unit.cost_set": _("What it cost was stated: {cost} ({reason})"),
    "unit.numbered": _("It has another number on its line"),
    "unit.voided": _("A unit was voided ({reason})"),
}


def awards(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """The awards that somebody sees."""
    return dict(Award.objects.visible_to(by).filter(pk__in=ids).values_list("pk", "name"))


def purchases(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """The purchases that somebody sees."""
    return dict(Purchase.objects.visible_to(by).filter(pk__in=ids).values_list("pk", "number"))


def reclassifications(ids: set[int], by: MaybeActor) -> dict[int, str]:
    rows = Reclassification.objects.visible_to(by).filter(pk__in=ids)
    return {
        pk: f"{po}/{line}"
        for pk, po, line in rows.values_list("pk", "line__purchase__number", "line__number")
    }
