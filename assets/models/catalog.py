"""The catalog: categories and products (make and model)."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core import columns


class Category(models.Model):
    name = models.CharField(_("name"), max_length=100)
    asset_class = models.CharField(_("class"), max_length=32, blank=True)
    useful_life_months = models.PositiveSmallIntegerField(_("useful life in months"), default=60)
    icon = models.CharField(max_length=32, default="box")
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Category"]] = models.Manager()

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

    objects: ClassVar[models.Manager["Product"]] = models.Manager()

    class Meta:
        ordering = ["make", "model"]
        constraints = [
            models.UniqueConstraint(
                Lower("make"), Lower("model"), name="product_make_model",
                violation_error_code="product-taken",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.make} {self.model}".strip() or self.category.name


columns.noun(Product)
