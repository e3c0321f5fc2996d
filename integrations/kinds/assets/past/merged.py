"""Things that were merged into others: what named them means the one that stayed."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assets.models import Asset
from assets.models.keys import code_key
from core.access import Actor
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.assets.told import tell_of


class MergedAway:
    """The merged things among those that a batch looked up. `standing`: all that may stay."""

    def __init__(self, standing: QuerySet[Asset]) -> None:
        self.standing = standing
        self.by_serial: dict[str, list[Asset]] = {}
        self._into: dict[int, Asset] = {}

    def sort_out(self, rows: Iterable[Asset]) -> list[Asset]:
        """The rows that stand; the others are kept by their serial numbers."""
        rows = list(rows)
        self.load(rows)
        for a in rows:
            if a.merged_into_id and a.pk in self._into:
                self.by_serial.setdefault(a.serial_key, []).append(a)
        return [a for a in rows if not a.merged_into_id]

    def load(self, rows: Sequence[Asset]) -> None:
        """Look up what these things became, if they were merged."""
        last = {a.pk: a.merged_into_id for a in rows if a.merged_into_id}
        while last:
            stay = self.standing.in_bulk(set(last.values()))
            self._into |= {pk: stay[into] for pk, into in last.items() if into in stay}
            # What stayed may have been merged itself later on.
            open_ = {pk: into for pk, into in last.items() if into not in stay}
            again = Asset.objects.filter(pk__in=set(open_.values())).exclude(merged_into=None)
            on = {pk: into for pk, into in again.values_list("pk", "merged_into") if into}
            last = {pk: on[into] for pk, into in open_.items() if into in on}

    def stays(self, asset: Asset) -> Asset | None:
        """The thing itself, or the one that it became; None for one that is not the importer's."""
        return self._into.get(asset.pk) if asset.merged_into_id else asset

    def named(self, product: tuple[str, str], serial: str) -> list[Asset]:
        """The merged things of a serial number and a whole make and model."""
        make, model = (name.lower() for name in product)
        return [
            a
            for a in self.by_serial.get(serial, ())
            if (a.product.make.lower(), a.product.model.lower()) == (make, model)
        ]


def say_merged(plan: AssetPlan, asset: Asset, by: Actor) -> None:
    """What a row calls a thing that was merged is none of the other's: it changes nothing of
    that."""
    v = plan.values
    if v.serial and code_key(v.serial) != asset.serial_key:
        v.serial = None
    v.make = v.model = None
    message = _("It was merged into %s: its own serial number, make and model change nothing.")
    plan.warnings.append(message % tell_of(plan, asset, by))


def say_old_tag(plan: AssetPlan, asset: Asset, by: Actor) -> None:
    """Name the thing that a row means by a tag which is not its own any more."""
    message = _("%(tag)s is an old tag, or that of what was merged: the row means %(thing)s.")
    words = {"tag": plan.values.tag or "", "thing": tell_of(plan, asset, by)}
    plan.warnings.append(message % words)
