"""People of the roster: those who hold things and answer for them."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.access import Scope, ScopedQuerySet
from core.db.managers import manager
from core.facts import columns
from core.facts.salts import masked, new_salt


def pseudonym(salt: str) -> str:
    """A stable name that tells nothing: P- and eight characters under the person's salt."""
    return "P-" + masked(salt, "pseudonym")[:8].upper()


class Kind(models.TextChoices):
    STUDENT = "student", _("Student")
    STAFF = "staff", _("Staff")


class Person(models.Model):
    """A student or a member of staff. Personal values live here and nowhere else."""

    Kind = Kind
    notices: list[str]  # what else their id means, for the answer to who just gave it
    written: list[dict[str, object]]  # where more of who was forgotten stands, for the answer

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    local_id = models.CharField(_("local id"), max_length=64)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    email = models.CharField(_("email"), max_length=254, blank=True)
    grade = models.CharField(_("grade"), max_length=16, blank=True)
    title = models.CharField(_("title"), max_length=100, blank=True)
    school = models.ForeignKey(
        "people.School", on_delete=models.PROTECT, related_name="people", verbose_name=_("school")
    )
    active = models.BooleanField(_("active"), default=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ScopedQuerySet["Person"]] = manager(ScopedQuerySet)

    class Meta:
        ordering = ["last_name", "first_name"]
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["school", "last_name", "first_name"], name="person_school")]
        constraints = [
            models.UniqueConstraint(
                Lower("local_id"),
                name="person_local_id",
                condition=~models.Q(local_id=""),
                violation_error_code="local-id-taken",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        if self.erased_at:
            return self.pseudonym
        return f"{self.first_name} {self.last_name}".strip() or self.local_id

    @property
    def pseudonym(self) -> str:
        return pseudonym(self.salt)

    def called(self, named: bool) -> str:
        """By name only where somebody was asked whether it may be (`people.naming`)."""
        return self.name if named else self.pseudonym

    def masked(self, value: str) -> str:
        return masked(self.salt, value)

    seen_with = "people.view_person"

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        return models.Q(school__in=scope.schools)


columns.noun(Person, masks=["local_id", "first_name", "last_name", "email", "grade", "title"])
