"""Other codes that lead to an asset, and the numbers that tags are taken from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models.asset import Asset
from core.facts import columns
from people.models import School


class AssetCode(models.Model):
    """Another code that leads to an asset: an old tag, a merged asset's tag, a library's code."""

    class Kind(models.TextChoices):
        OLD_TAG = "old_tag", _("Old tag")
        MERGED = "merged", _("Merged")
        ALIAS = "alias", _("Alias")

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=128)
    key = models.CharField(max_length=128)
    kind = models.CharField(max_length=8, choices=Kind.choices)

    objects: ClassVar[models.Manager["AssetCode"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="asset_code_key")]

    def __str__(self) -> str:
        return self.code


columns.part_of(AssetCode, "asset", key=["key"])


class TagRange(models.Model):
    """Numbers reserved for a school or a printer, handed out in order; or the district's own,
    which give what nobody reserves."""

    #: What the range is called that the district makes for itself.
    OWN = "district"

    name = models.CharField(_("name"), max_length=100)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, related_name="tag_ranges"
    )
    prefix = models.CharField(_("prefix"), max_length=16, blank=True)
    digits = models.PositiveSmallIntegerField(_("digits"), default=6)
    next_number = models.BigIntegerField(_("next number"))
    last_number = models.BigIntegerField(_("last number"))

    objects: ClassVar[models.Manager["TagRange"]] = models.Manager()

    class Meta:
        constraints = [
            # A range that is used up stands at the number after its last, where another may begin.
            models.UniqueConstraint(
                fields=["prefix", "digits", "next_number"],
                name="tag_range_start",
                # The district's own goes on past what others reserve of its numbers.
                condition=models.Q(next_number__lte=models.F("last_number"))
                & ~models.Q(name="district"),
                violation_error_code="range-taken",
            )
        ]

    def __str__(self) -> str:
        return self.name


columns.noun(TagRange)
