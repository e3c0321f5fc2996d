"""A source may go on saying the number that a purchase had before it was put right, of what is here
and of what is new."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assets.models import Asset
from core.access import Actor
from funding.actions import called_now
from integrations.kinds.assets.row import AssetPlan


def as_called_now(known: Sequence[tuple[AssetPlan, Asset | None]], by: Actor) -> None:
    """Read an earlier number as that of the purchase that had it, and say so. A number that a
    purchase has now means that one; where several had it, the row is refused, but for a thing
    that hangs on one of them."""
    found = called_now({p.values.po for p, _asset in known if p.values.po}, by=by)
    for plan, asset in known if found else ():
        said = (plan.values.po or "").strip()
        had = found.get(said.lower(), [])
        hangs_on = asset.unit.line.purchase_id if asset and asset.unit else None
        means = had if len(had) < 2 else [p for p in had if p.pk == hangs_on]
        if means:
            words = {"old": said, "new": means[0].number}
            plan.warnings.append(_("Purchase %(old)s is called %(new)s here.") % words)
            plan.values.po = means[0].number
        elif had:
            words = {"po": said, "all": ", ".join(p.number for p in had)}
            message = _("%(po)s was the number of several purchases: say which (%(all)s).")
            plan.refuse("po", message % words)
