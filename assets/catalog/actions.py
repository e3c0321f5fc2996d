"""Categories and products."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from assets.catalog.reference import USUAL_CATEGORIES
from assets.models import Asset, Category, Product
from core.access import Actor, may, require, staying
from core.journal.writing import EntryDraft, changed, record, record_many, save_changes
from core.problems import Problem, fresh, refuse_if


def create_category(name: str, *, by: Actor, **values: Any) -> Category:
    """Add a category. Raises Refused where the name is there already."""
    with transaction.atomic():
        require(by, "assets.change_catalog")
        refuse_if(_category_problems(Category(name=name.strip())))
        category = Category.objects.create(name=name.strip(), **values)
        record("category.created", category, by=by, created=True)
    return category


def change_category(
    category: Category, *, by: Actor, version: int | None = None, **values: Any
) -> Category:
    """Change a category: what its things are called, how long they last. Reports that were made
    stay as they were. Raises Stale where somebody changed it since `version`."""
    with transaction.atomic():
        require(by, "assets.change_catalog")
        # Two may have its page open: the second waits, and is told what became another since.
        category = Category.objects.select_for_update().get(pk=category.pk)
        fresh(category, version)
        changes = changed(category, **values)
        refuse_if(_category_problems(category))
        _save(category, "category.changed", changes, by)
    return category


def _category_problems(category: Category) -> Iterator[Problem]:
    if Category.objects.exclude(pk=category.pk).filter(name__iexact=category.name).exists():
        yield Problem(
            "category-name-taken",
            _("This category is there already: use it, or give another name."),
            "name",
        )


def _save(row: Category | Product, kind: str, changes: dict[str, Any], by: Actor) -> None:
    if changes:
        row.version += 1
        save_changes(row, [*changes, "version"])
        record(kind, row, by=by, changes=changes)


def add_usual_categories(*, by: Actor) -> list[Category]:
    """Add the categories of `USUAL_CATEGORIES` that are not there yet."""
    with transaction.atomic():
        require(by, "assets.change_catalog")
        # Two people may press the button: the database lets each name in once.
        there = {name.lower() for name in Category.objects.values_list("name", flat=True)}
        rows = Category.objects.bulk_create(
            Category(name=name, asset_class=class_, useful_life_months=months, icon=icon)
            for name, (class_, months, icon) in USUAL_CATEGORIES.items()
            if name.lower() not in there
        )
        record_many(EntryDraft("category.created", row, by, created=True) for row in rows)
    return rows


def staying_products(products: Iterable[Product]) -> dict[int, Product]:
    """By key each of these products, or the one that it was merged into. One may be merged this
    moment: that waits until we are through, or we see it."""
    stays = {p.pk: p for p in products}
    while stays:
        held = staying(Product.objects.filter(pk__among={p.pk for p in stays.values()}))
        gone = {p.pk: p.stands for p in held if p.merged_into_id}
        stays = {pk: gone.get(p.pk, p) for pk, p in stays.items()}
        if not gone:
            break
    return stays


def create_product(category: Category, make: str, model: str, *, by: Actor) -> Product:
    """Add a product. Raises Refused where make and model are there already."""
    with transaction.atomic():
        require(by, "assets.add_product")
        product = Product(category=category, make=make.strip(), model=model.strip())
        refuse_if(_product_problems(product))
        product.save()
        record("product.created", product, by=by, created=True)
    return product


def change_product(
    product: Product, *, by: Actor, version: int | None = None, **values: Any
) -> Product:
    """Change a make, model or category that was written wrongly. Raises Refused where the other
    is there already (merge them then), Stale where somebody changed it since `version`."""
    with transaction.atomic():
        require(by, "assets.change_catalog")
        # Somebody may change or merge it this moment: we wait, and then see that.
        product = Product.objects.select_for_update().get(pk=product.pk)
        fresh(product, version)
        if product.merged_into is not None:
            message = _("It was merged into %s; change that one.")
            refuse_if([Problem("merged", message % product.merged_into)])
        changes = changed(product, **values)
        refuse_if(_product_problems(product))
        _save(product, "product.changed", changes, by)
    return product


def _product_problems(product: Product) -> Iterator[Problem]:
    same = Product.objects.filter(make__iexact=product.make, model__iexact=product.model)
    if same.exclude(pk=product.pk).exists():
        yield Problem(
            "product-taken",
            _("This make and model is there already: use it, or merge the two."),
            "model",
        )


def product_unknown(wanted: tuple[str, str, Category]) -> Problem:
    """What is said where the catalog lacks a product and the role does not add to it."""
    message = _("The catalog has no %s yet. Ask the technology department to add it.")
    name = f"{wanted[0]} {wanted[1]}".strip()
    if not name:
        name = _("%s without make and model") % wanted[2].name
    return Problem("product-unknown", message % name, "model")


def two_categories(wanted: tuple[str, str, Category], other: Category) -> Problem:
    """A list names two categories for a product that is new."""
    message = _("%(product)s is said to be %(one)s and %(other)s.")
    product = f"{wanted[0]} {wanted[1]}".strip()
    words = {"product": product, "one": wanted[2].name, "other": other.name}
    return Problem("category-two", message % words, "category")


def ensure_products(
    wanted: Iterable[tuple[str, str, Category]], *, by: Actor
) -> dict[tuple[str, str], Product]:
    """Products by (make, model) in lower case; those that are missing are made, where the role adds
    to the catalog, which is the district's. A merged product resolves to its winner. Raises
    Refused where a product that is missing would be of two categories."""
    asked: dict[tuple[str, str], tuple[str, str, Category]] = {}
    other: dict[tuple[str, str], Category] = {}
    for make, model, category in wanted:
        key = make.strip().lower(), model.strip().lower()
        first = asked.setdefault(key, (make.strip(), model.strip(), category))
        if first[2] != category:
            other.setdefault(key, category)
    with transaction.atomic():
        require(by, "assets.register_asset")
        found: dict[tuple[str, str], Product] = {}
        makes = {make for make, _model in asked}
        written = {make for make, _model, _category in asked.values()}
        rows = Product.objects.annotate(key=Lower("make"))
        rows = rows.filter(Q(key__in=makes) | Q(make__in=written))  # SQLite lowers ASCII alone
        for row in rows.select_related("merged_into"):
            key = (row.make.lower(), row.model.lower())
            found[key] = row.stands
        missing = asked.keys() - found.keys()
        if missing and not may(by, "assets.add_product"):
            refuse_if(product_unknown(asked[key]) for key in sorted(missing)[:20])
        refuse_if(two_categories(asked[k], c) for k, c in other.items() if k in missing)
        new = Product.objects.bulk_create(
            [
                Product(category=category, make=make, model=model)
                for key, (make, model, category) in asked.items()
                if key not in found
            ]
        )
        record_many(EntryDraft("product.created", p, by, created=True) for p in new)
        found |= {(p.make.lower(), p.model.lower()): p for p in new}
    return found


def categorize_anew(wanted: Mapping[int, Category], *, by: Actor) -> None:
    """Products (by key) of which nobody says any more what they are, nor is one of them here, are
    of these categories: for who may add them."""
    with transaction.atomic():
        require(by, "assets.add_product")
        # Who registers one of them this moment reads the category before or after.
        for product in Product.objects.select_for_update().filter(pk__in=wanted).order_by("pk"):
            changes = changed(product, category=wanted[product.pk])
            _save(product, "product.changed", changes, by)


def merge_products(loser: Product, *, into: Product, by: Actor, reason: str) -> Product:
    """Two catalog rows for one product: its assets go to the winner, its name goes on resolving."""
    with transaction.atomic():
        require(by, "assets.change_catalog")
        # Somebody may correct a thing of it, which they lock before its product, or merge one of
        # the two this moment: they wait, in that order.
        list(Asset.objects.filter(product=loser).locked().values("pk"))
        pair = Product.objects.select_for_update().filter(pk__in=[loser.pk, into.pk])
        rows = {p.pk: p for p in pair.order_by("pk")}
        loser, into = rows[loser.pk], rows[into.pk]
        if loser.merged_into is not None:
            message = _("%(product)s was merged into %(into)s already; merge that one.")
            words = {"product": loser, "into": loser.stands}
            refuse_if([Problem("merged", message % words)])
        if loser.pk == into.pk or into.merged_into_id:
            refuse_if([Problem("merge-target", _("Choose another product that stands itself."))])
        assets = Asset.objects.filter(product=loser)
        same = assets.exclude(serial_key="").filter(
            serial_key__in=Asset.objects.filter(product=into)
            .exclude(serial_key="")
            .values("serial_key")
        )
        if same.exists():
            message = _("Both have an asset with serial %(serial)s; merge those first.")
            serial = same.values_list("serial", flat=True)[0]
            refuse_if([Problem("serial-taken", message % {"serial": serial})])
        moved = list(assets.locked())  # and what came since
        assets.update(product=into, version=F("version") + 1)
        changes = changed(loser, merged_into=into)
        save_changes(loser, changes)
        record(
            "product.merged",
            loser,
            by=by,
            changes=changes,
            data={"into": into.pk, "reason": reason},
        )
        record_many(
            EntryDraft(
                "asset.changed", a, by, school_id=a.school_id, changes=changed(a, product=into)
            )
            for a in moved
        )
    return into
