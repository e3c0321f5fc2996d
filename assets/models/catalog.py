"""The catalog: categories and products (make and model)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor, scope_of
from core.db.managers import manager
from core.facts import columns


def _own(by: MaybeActor, column: str) -> models.QuerySet[models.Model, int] | None:
    """What the things that somebody sees have in a column; None for who sees the catalog, which is
    the district's: at a school things are registered of any product. An award shows its things."""
    from assets.models.asset import Asset  # it is of a product

    scope = scope_of(by, "assets.view_asset", token=False)
    if scope.everything or scope.schools:
        return None
    return Asset.objects.visible_to(by).order_by().values_list(column, flat=True)


class CategoryQuerySet(models.QuerySet["Category"]):
    def seen_by(self, by: MaybeActor) -> Self:
        """The district's categories; who sees things by an award alone, those of these things."""
        own = _own(by, "product__category")
        return self if own is None else self.filter(pk__in=own)


class ProductQuerySet(models.QuerySet["Product"]):
    def seen_by(self, by: MaybeActor) -> Self:
        """The district's products; who sees things by an award alone, those of these things."""
        own = _own(by, "product")
        return self if own is None else self.filter(pk__in=own)


class Category(models.Model):
    name = models.CharField(_("name"), max_length=100)
    asset_class = models.CharField(_("class"), max_length=32, blank=True)
    useful_life_months = models.PositiveSmallIntegerField(_("useful life in months"), default=60)
    icon = models.CharField(max_length=32, default="box")
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[CategoryQuerySet] = manager(CategoryQuerySet)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("categories")
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="category_name", violation_error_code="category-name-taken"
            )
        ]

    def __str__(self) -> str:
        return self.name


columns.noun(Category)


class Product(models.Model):
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    make = models.CharField(_("make"), max_length=150, blank=True)
    model = models.CharField(_("model"), max_length=150, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ProductQuerySet] = manager(ProductQuerySet)

    class Meta:
        ordering = ["make", "model"]
        constraints = [
            models.UniqueConstraint(
                Lower("make"),
                Lower("model"),
                name="product_make_model",
                violation_error_code="product-taken",
            )
        ]

    def __str__(self) -> str:
        return f"{self.make} {self.model}".strip() or self.category.name

    @property
    def stands(self) -> "Product":
        """Itself, or the one that it became, however often it was merged on."""
        product = self
        while product.merged_into is not None:
            product = product.merged_into
        return product


columns.noun(Product)
