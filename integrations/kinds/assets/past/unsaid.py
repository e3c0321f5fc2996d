"""What of purchases and products only imports said that were undone: that binds nobody, and the
next file says it anew."""

from collections.abc import Collection

from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext as _

from assets.models import Asset, Product, Status
from core.models import Entry, Run
from funding.models import Purchase, Unit
from integrations.kinds.assets.past.back import spoken_of
from integrations.models import ImportSession


def _by_undone_imports(model: type[Model], pks: Collection[int]) -> set[int]:
    """Of these rows (keys) those of which nobody said anything but imports that were undone."""
    told = Entry.objects.filter(subject_type=model._meta.label_lower, subject_id__in=pks).news()
    acts = set(told.order_by().values_list("subject_id", "run_id").distinct())
    runs = Run.objects.filter(
        pk__in={run for _pk, run in acts if run}, kind__in=("import", "import-undo")
    )
    of = {pk: said.get("session") for pk, said in runs.values_list("pk", "parameters")}
    undone = set(
        ImportSession.objects.filter(
            pk__in=set(of.values()), state=ImportSession.State.UNDONE
        ).values_list("pk", flat=True)
    )
    bound = {pk for pk, run in acts if of.get(run or 0) not in undone}
    return {pk for pk, _run in acts} - bound


def unsaid_purchases(purchases: Collection[Purchase]) -> set[int]:
    """The keys of those of these whose vendor binds nobody: of which nothing is here, either."""
    if not purchases:
        return set()
    here = Unit.objects.filter(line__purchase=OuterRef("pk"), voided_at=None)
    rows = Purchase.objects.filter(~Exists(here), pk__in=[p.pk for p in purchases])
    empty = set(rows.values_list("pk", flat=True))
    return _by_undone_imports(Purchase, empty) if empty else set()


def unsaid_products(products: Collection[int]) -> set[int]:
    """Of these keys those of the products whose category binds nobody: none is here, none was void
    by anybody's word, none was merged into it."""
    if not products:
        return set()
    things = Asset.objects.filter(product=OuterRef("pk")).exclude(status=Status.VOID)
    merged = Product.objects.filter(merged_into=OuterRef("pk"))
    rows = Product.objects.filter(~Exists(things), ~Exists(merged), pk__in=set(products))
    empty = set(rows.filter(merged_into=None).values_list("pk", flat=True))
    if not empty:
        return set()
    void = list(Asset.objects.filter(product__in=empty))
    spoken = spoken_of(void)
    empty -= {a.product_id for a in void if a.pk in spoken}
    return _by_undone_imports(Product, empty) if empty else set()


def say_vendor(purchase: Purchase, vendor: str) -> str:
    """What is said where a row gives a purchase its vendor anew."""
    if purchase.vendor is None:
        message = _("%(number)s is with %(vendor)s, as this row says.")
    else:
        message = _(
            "%(number)s is with %(vendor)s, as this row says, and no more with %(was)s, which only "
            "an import said that was undone."
        )
    return message % {"number": purchase.number, "vendor": vendor, "was": purchase.vendor}


def say_category(product: str, category: object, was: object) -> str:
    """What is said where a row gives a product its category anew."""
    message = _(
        "%(product)s is %(category)s, as this row says, and no more %(was)s, which only an import "
        "said that was undone."
    )
    return message % {"product": product, "category": category, "was": was}
