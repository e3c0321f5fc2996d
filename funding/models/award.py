"""Where money comes from: programs and the awards under them."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.access import Scope, ScopedQuerySet
from core.db.managers import manager
from core.facts import columns
from funding.reach import awards_of
from funding.things import of_schools


class Family(models.TextChoices):
    """Which body of rules a program's money comes under."""

    UNIFORM_GUIDANCE = "ug", _("Uniform Guidance (2 CFR 200)")
    E_RATE = "erate", _("E-Rate (47 CFR 54.500)")
    ECF = "ecf", _("Emergency Connectivity Fund (47 CFR 54.1700)")
    STATE = "state", _("State")
    LOCAL = "local", _("Local")


class Program(models.Model):
    """A program such as ARP ESSER, IDEA 611, E-Rate Category 2 or local money."""

    code = models.CharField(_("code"), max_length=32)
    name = models.CharField(_("name"), max_length=200)
    family = models.CharField(_("rules"), max_length=8, choices=Family.choices)
    aln = models.CharField(_("ALN"), max_length=10, blank=True)
    federal_agency = models.CharField(_("federal agency"), max_length=200, blank=True)
    cluster = models.CharField(_("cluster"), max_length=200, blank=True)
    allowable_from = models.DateField(null=True, blank=True)
    obligate_by = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Program"]] = models.Manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("code"), name="program_code", violation_error_code="program-code-taken"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def federal(self) -> bool:
        """Federal money under the Uniform Guidance, E-Rate or ECF."""
        return self.family in (Family.UNIFORM_GUIDANCE, Family.E_RATE, Family.ECF)


columns.noun(Program)


class UGVersion(models.TextChoices):
    PRE_2024 = "pre2024", _("before 1 Oct 2024")
    V2024 = "2024", _("2024 text")
    NONE = "none", _("not under 2 CFR 200")


#: What the derivation answers where the dates do not say which text holds; never stored.
CANNOT_TELL = "cannot-tell"


class Award(models.Model):
    """One grant, funding request or pot of money, with the dates and terms that its rules need."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="awards")
    name = models.CharField(_("name"), max_length=200)
    fain = models.CharField(_("FAIN"), max_length=32, blank=True)
    frn = models.CharField(_("FRN"), max_length=32, blank=True)
    aln = models.CharField(_("ALN"), max_length=10, blank=True)
    pass_through = models.CharField(_("pass-through entity"), max_length=200, blank=True)
    subaward_number = models.CharField(_("subaward number"), max_length=64, blank=True)
    award_year = models.CharField(_("award year"), max_length=16, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    federal_percent = models.DecimalField(
        _("federal participation %"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    issued_on = models.DateField(_("issued"), null=True, blank=True)
    #: The FAIN's initial date. A supplement does not turn the text that an award is under.
    federal_award_on = models.DateField(_("initial federal award"), null=True, blank=True)
    #: Where only the day of a supplement is known.
    supplement_on = models.DateField(_("supplement of the federal award"), null=True, blank=True)
    period_start = models.DateField(_("period of performance from"), null=True, blank=True)
    period_end = models.DateField(_("period of performance until"), null=True, blank=True)
    allowable_from = models.DateField(_("costs allowable from"), null=True, blank=True)
    obligate_by = models.DateField(_("obligate by"), null=True, blank=True)
    liquidate_by = models.DateField(_("liquidate by"), null=True, blank=True)
    final_report_on = models.DateField(_("final report"), null=True, blank=True)
    #: What somebody stated; empty: derived from the dates (funding/rules/text.py).
    ug_version = models.CharField(
        _("Uniform Guidance text, where stated"),
        max_length=8,
        choices=UGVersion.choices,
        blank=True,
    )
    equipment_threshold = models.DecimalField(
        _("the award's own equipment line"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    title_holder = models.CharField(_("title holder by its terms"), max_length=64, blank=True)
    active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ScopedQuerySet["Award"]] = manager(ScopedQuerySet)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="award_name", violation_error_code="award-name-taken"
            ),
            models.UniqueConstraint(
                Lower("fain"),
                "subaward_number",
                name="award_fain",
                condition=~models.Q(fain=""),
                violation_error_code="fain-taken",
            ),
            models.UniqueConstraint(
                Lower("frn"),
                name="award_frn",
                condition=~models.Q(frn=""),
                violation_error_code="frn-taken",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def identifier(self) -> str:
        """FAIN, FRN or name: what a person would quote."""
        return self.fain or self.frn or self.name

    @property
    def award_id(self) -> int:
        return self.pk

    seen_with = "funding.view_award"
    beyond_school = True

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        """From a school: what pays for a thing there."""
        q = models.Q(pk__in=awards_of(scope))
        if scope.schools:
            from funding.models.share import UnitShare  # it is of an award

            paid = UnitShare.objects.known().filter(of_schools(scope.schools, "unit__"))
            q |= models.Q(models.Exists(paid.filter(award=models.OuterRef("pk"))))
        return q


columns.noun(Award, names=["name"])


class AwardMembershipQuerySet(models.QuerySet["AwardMembership"]):
    def in_force(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class AwardMembership(models.Model):
    """An auditor's or grant manager's sight of one award, until a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="award_memberships"
    )
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32, default="auditor")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    pseudonyms = models.BooleanField(_("people as pseudonyms"), default=True)

    objects: ClassVar[AwardMembershipQuerySet] = manager(AwardMembershipQuerySet)

    def __str__(self) -> str:
        return f"{self.user_id} {self.award_id}"


columns.part_of(AwardMembership, "award", key=["id"])
