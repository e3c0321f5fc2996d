"""One district, one installation."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.facts import columns


class District(models.Model):
    """The district this installation belongs to. There is one row."""

    name = models.CharField(_("name"), max_length=200)
    uei = models.CharField(_("UEI"), max_length=12, blank=True)
    ben = models.CharField(_("BEN"), max_length=16, blank=True)
    #: Two letters; empty where nobody said. Some parameters of law hold in one state alone.
    state = models.CharField(_("state"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="America/New_York")
    fiscal_year_start_month = models.PositiveSmallIntegerField(_("fiscal year starts"), default=7)
    tag_prefix = models.CharField(_("tag prefix"), max_length=8, blank=True)
    tag_length = models.PositiveSmallIntegerField(_("tag length"), default=6)
    public_address = models.URLField(_("public address"), default="http://localhost:8000")
    words = models.JSONField(_("district words"), default=dict, blank=True)
    demonstration = models.BooleanField(default=False)
    one = models.BooleanField(default=True, editable=False, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(one=True), name="one_district")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self | None:
        """The district, or None before the first-run page was answered."""
        return cls.objects.first()

    def setting(self, key: str, day: date, default: Any = None) -> Any:
        """A dated setting's value in force on a day."""
        row = (
            DistrictSetting.objects.filter(key=key, starts_on__lte=day)
            .order_by("-starts_on", "-pk")
            .first()
        )
        return row.value if row else default


columns.noun(District)


class DistrictSetting(models.Model):
    """A setting with the day from which it holds; changing it never changes a past verdict."""

    key = models.CharField(max_length=64)
    value = models.JSONField()
    starts_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "starts_on"], name="setting_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} from {self.starts_on}"


columns.noun(DistrictSetting)
