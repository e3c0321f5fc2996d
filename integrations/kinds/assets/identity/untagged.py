"""Things without a code that a row may mean though it is not the row that brought them in: their
list came under another name, or a cell of it is written otherwise."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assets.models import Asset, Status
from core.access import Actor
from core.text.bare import bare
from integrations.kinds.assets.identity.source import Said
from integrations.kinds.assets.naming.lookup import AssetLookup
from integrations.kinds.assets.questions import AGAIN
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.assets.told import tell_of
from integrations.models import ImportSession, StagedRow

Known = tuple[AssetPlan, Asset | None]


class UntaggedAlike:
    """Those among what is here that the rows of a batch describe in the same words."""

    def __init__(self, look: AssetLookup, said: Said, by: Actor) -> None:
        self.look, self.said, self.by = look, said, by
        self.applying = said.session.state == ImportSession.State.APPLYING

    def settle(self, known: Sequence[Known]) -> list[Known]:
        """Rows and their things; somebody is asked of a new row that says no more than what is
        known of a thing that no row of the file means so far."""
        self.said.claimed |= {asset.pk for _plan, asset in known if asset is not None}
        open_ = [plan for plan, asset in known if asset is None and self._may_be(plan)]
        things = self._things({self._product(plan) for plan in open_}) if open_ else {}
        found = {}
        for plan in open_:
            free = [a for a in things.get(self._product(plan), ()) if self._alike(plan, a)]
            if free:
                # What was found when the row was planned goes first, then what is where it says.
                free.sort(key=lambda a: (a.pk != plan.row.object_id, *self._unlike(plan, a), a.pk))
                self.said.claimed.add(free[0].pk)
                if self._is_that(plan, free[0]):
                    found[plan.row.pk] = free[0]
        return [(plan, asset or found.get(plan.row.pk)) for plan, asset in known]

    def _may_be(self, plan: AssetPlan) -> bool:
        v = plan.values
        # What was previewed unasked is applied unasked: its batch has not all rows of the file.
        asked = not self.applying or "again" in plan.row.decisions
        return bool(v.source_key and not v.tag and not v.serial and v.lot is None and asked)

    def _product(self, plan: AssetPlan) -> int:
        make, model = plan.values.product()
        return self.look.products.get((make.lower(), model.lower()), 0)

    def _things(self, products: set[int]) -> dict[int, list[Asset]]:
        """The things of these products that lists without codes brought in, but for those that the
        same list brought in for another school."""
        visible = Asset.objects.visible_to(self.by).visible_to(self.by, "integrations.import")
        rows = visible.filter(merged_into=None, serial_key="", product__in=products)
        rows = rows.exclude(source_key="").exclude(status=Status.VOID).order_by("pk")
        rows = rows.select_related(
            "product__category", "unit__line__purchase", "school", "room", "holder"
        )
        elsewhere = [
            pk
            for pk, (school, _category) in self.said.before.items()
            if school not in (None, self.said.school)
        ]
        made = StagedRow.objects.filter(session__in=elsewhere, outcome="create", applied=True)
        others = set(made.values_list("object_id", flat=True)) if elsewhere else set()
        found: dict[int, list[Asset]] = {}
        for asset in rows:
            if asset.pk not in others:
                found.setdefault(asset.product_id, []).append(asset)
        return found

    def _alike(self, plan: AssetPlan, asset: Asset) -> bool:
        """Whether nothing that a row says is otherwise of a thing. What the register does not know
        is not: a list may say later on which room it means."""
        v, unit = plan.values, asset.unit
        if asset.pk in self.said.claimed or v.school_row.pk != asset.school_id:
            return False
        if not v.category and self.said.category not in ("", asset.product.category.name.lower()):
            return False
        return (
            (not asset.description or bare(v.description or "") == bare(asset.description))
            and (v.room_row is None or asset.room_id in (None, v.room_row.pk))
            and (v.holder_row is None or asset.holder_id in (None, v.holder_row.pk))
            and v.status in (None, asset.status)
            and (v.acquired_on is None or asset.acquired_on in (None, v.acquired_on))
            and (v.cost is None or unit is None or unit.cost in (None, v.cost))
        )

    @staticmethod
    def _unlike(plan: AssetPlan, asset: Asset) -> tuple[bool, bool, bool]:
        """What a row says of a thing and the register does not know."""
        v = plan.values
        return (
            v.holder_row is not None and asset.holder_id is None,
            v.room_row is not None and asset.room_id is None,
            v.acquired_on is not None and asset.acquired_on is None,
        )

    def _is_that(self, plan: AssetPlan, asset: Asset) -> bool:
        v = plan.values
        message = _(
            "Nothing tells it from %s, which a list without tags and serial numbers brought in."
        )
        # Whichever of several that nothing tells apart.
        about = (asset.product_id, asset.school_id, bare(v.description or ""))
        choice = plan.ask(AGAIN, "", message % tell_of(plan, asset, self.by), *about)
        self.said.asked += not choice
        return choice == "that"
