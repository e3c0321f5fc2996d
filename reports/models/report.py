"""A report that was asked for: its parameters, its canonical dataset, its renderings."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access import NAMES, MaybeActor, System, scope_of
from core.db.managers import manager
from core.facts import columns
from core.models import Run, StoredFile
from funding.models import Award
from funding.reach import awards_of
from people.models import Person, School
from reports import eyes


def new_code() -> str:
    return secrets.token_urlsafe(9)


def sees_award_alone(by: MaybeActor) -> bool:
    """Whether what somebody's report tells is told to everybody who sees its award: no name, no
    other award, and no school's part only."""
    award, naming = scope_of(by, "funding.view_award"), scope_of(by, NAMES)
    return naming.empty and not (award.everything or award.schools) and len(award.along) == 1


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, by: MaybeActor) -> "ReportQuerySet":
        """All of them in the district; else one's own of awards where one may still make them, and
        those of one's awards that were made with no wider eyes: they name nobody and no other
        award. None that tells more than one is shown now (reports/eyes.py)."""
        if isinstance(by, System):
            return self
        scope = scope_of(by, "reports.view_report", token=False)
        if by is None or scope.empty:
            return self.none()
        if eyes.everywhere(by):
            return self
        theirs = models.Q()
        if not scope.everything:
            making = scope_of(by, "reports.make_report", token=False)
            awards = Award.objects.visible_to(by).reached_by(making)
            theirs = models.Q(owner_id=by.pk, award__in=awards)
        kept = self.filter(theirs).order_by().values_list("eyes", flat=True).distinct()
        told = models.Q(dataset=None) | models.Q(eyes__in=list(eyes.held(kept, by)))
        alone = models.Q(award__in=awards_of(scope), of_award_alone=True)
        return self.filter((theirs & told) | alone)


class Report(models.Model):
    """One report. Its number and code are printed; both open the verify page."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "XLSX"
        CSV = "csv", "CSV"

    kind = models.CharField(max_length=32)
    code = models.CharField(max_length=16, default=new_code, unique=True)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="reports")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="reports")
    as_of = models.DateField(_("as of"))
    known_at = models.DateTimeField(_("as known at"))
    formats = models.JSONField(default=list)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="reports"
    )
    run = models.OneToOneField(Run, on_delete=models.PROTECT, null=True, related_name="report")
    made_at = models.DateTimeField()
    dataset = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(default=0)
    # Of a report of an older release, whose dataset had names in it and in its hash: the hash of
    # what is kept since one of them was erased. `sha256` stays as it was printed.
    rewritten_sha256 = models.CharField(max_length=64, blank=True)
    #: Of who stands behind p1, p2 ..., with their names (reports/actions/vouching.py).
    names_digest = models.CharField(max_length=32, blank=True)
    names_salt = models.CharField(max_length=32, blank=True, editable=False)
    # Made through eyes that see this award and no more: whoever sees the award may read it.
    of_award_alone = models.BooleanField(default=False)
    # Through whose eyes it was made (reports/eyes.py); empty of older releases, which kept none.
    eyes = models.TextField(blank=True)

    objects: ClassVar[ReportQuerySet] = manager(ReportQuerySet)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"R1-{self.pk:06d}"

    @property
    def seen_through(self) -> str:
        """The eyes it was made with, where they are known."""
        alone = eyes.of_award(self.award_id) if self.of_award_alone else ""
        return self.eyes or alone


columns.noun(Report)


class ReportFile(models.Model):
    """One rendering of a report: exactly one for each format."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=8, choices=Report.Format.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["ReportFile"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "format"], name="report_format")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.format}"


columns.part_of(ReportFile, "report", key=["format"])


class ReportPerson(models.Model):
    """Who p1, p2 ... of a report's dataset are: it is in no hash, so that a name can be erased."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="people")
    key = models.CharField(max_length=12)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=16)
    name = models.CharField(max_length=220, blank=True)  # empty where the pseudonym is printed
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ReportPerson"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="report_person")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"
