"""The products that rows of a file bring: each of one category, by a role that adds to the
catalog."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assets.catalog.actions import product_unknown, two_categories
from assets.models import Asset, Category
from core.access import Actor, may
from integrations.kinds.assets.naming.lookup import AssetLookup
from integrations.kinds.assets.past.unsaid import say_category
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.assets.seen import ProductKey


class NewProducts:
    """What the rows of a file say of products that the catalog lacks."""

    def __init__(
        self, look: AssetLookup, by: Actor, first: dict[ProductKey, tuple[Category, int]]
    ) -> None:
        """`first`: the category of each, and the row that gave it, of the whole file."""
        self.look, self.first = look, first
        self.may = may(by, "assets.add_product")

    def settle(self, known: Sequence[tuple[AssetPlan, Asset | None]]) -> None:
        """Rows of one product that name different categories are refused, all but the first; a row
        that names none goes with those that do."""
        for plan, asset in sorted(known, key=lambda row: not row[0].values.category):
            key = self._key(plan, asset)
            if (here := self.look.products.get(key)) in self.look.unsaid and self.may:
                self._anew(plan, key, here)
                continue
            if asset is None and not key[1]:
                key = self._without_model(plan, key)
            elif asset is not None and self.look.product(plan.values, asset) is not None:
                continue
            if key not in self.look.products:
                self._new(plan, key)

    def _key(self, plan: AssetPlan, asset: Asset | None) -> ProductKey:
        old = (asset.product.make, asset.product.model) if asset is not None else ("", "")
        make, model = plan.values.product(*old)
        return make.lower(), model.lower()

    def _without_model(self, plan: AssetPlan, key: ProductKey) -> ProductKey:
        """What has no model is of the category that its row says: where what has none is another
        category's already, it is called after its own, as at the page."""
        category = plan.values.category_row
        here = self.look.category_of.get(key)
        if here is None and key in self.first:
            here = self.first[key][0].pk
        if here is None or here == category.pk:
            return key
        plan.values.model = category.name
        return key[0], category.name.lower()

    def _anew(self, plan: AssetPlan, key: ProductKey, product: int | None) -> None:
        """A product of which only undone imports spoke is of the category that the file says."""
        v, was = plan.values, self.look.category_of[key]
        if not v.category:
            v.category_row = self.first.get(key, (v.category_row, 0))[0]
            return
        self._new(plan, key)
        if v.category_row.pk != was and not plan.problems:
            v.kind_anew = product
            named = " ".join(v.product()).strip() or v.category_row.name
            before = self.look.category_by_pk[was]
            plan.warnings.append(say_category(named, v.category_row, before))

    def _new(self, plan: AssetPlan, key: ProductKey) -> None:
        v = plan.values
        category, row = self.first.setdefault(key, (v.category_row, plan.row.number))
        wanted = (*v.product(), category)
        if category.pk != v.category_row.pk:
            if v.category:
                message = two_categories(wanted, v.category_row).message
                plan.refuse("category", message + _(" The other stands in row %s.") % row)
            v.category_row = category
        if not self.may:
            plan.refuse("model", product_unknown(wanted).message)
