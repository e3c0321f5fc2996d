"""The journal: one append-only row per fact, and the seals that chain them."""

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Func
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor, Scope, ScopedQuerySet, scope_of
from core.db.managers import manager

FEW_SCHOOLS = 5


class CurrentTransaction(Func):
    """The id of the writing transaction on PostgreSQL, 0 on SQLite (one writer, order is final)."""

    output_field = models.BigIntegerField()

    def as_sql(  # type: ignore[override]  # it takes what the compiler gives
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        if connection.vendor == "postgresql":
            return "txid_current()", []
        return "0", []


class Via(models.TextChoices):
    PAGE = "page", _("page")
    API = "api", _("API")
    IMPORT = "import", _("import")
    COMMAND = "command", _("command")
    TASK = "task", _("task")


#: How the kind of an entry ends that only writes down what an older installation had.
BASELINE = ".baselined"


class EntryQuerySet(ScopedQuerySet["Entry"]):
    def news(self) -> "EntryQuerySet":
        """Without what was only written down after an upgrade."""
        return self.exclude(kind__endswith=BASELINE)

    def of(self, subject: models.Model) -> "EntryQuerySet":
        """The history of one thing."""
        return self.news().filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def lately(self, by: MaybeActor, count: int) -> "list[Entry]":
        """The last entries that somebody may know of. Of few schools each is asked for by itself,
        from its index: for all at once PostgreSQL goes back through everybody's entries, which
        takes seconds where these schools were quiet lately."""
        scope, rows = scope_of(by), self.visible_to(by).order_by("-id")
        if scope.everything or len(scope.schools) > FEW_SCHOOLS:
            return list(rows[:count])
        found = {
            entry.pk: entry
            for school in scope.schools
            for column in ("school_id", "school_before_id")
            for entry in rows.filter(**{column: school})[:count]
        }
        return [found[pk] for pk in sorted(found, reverse=True)[:count]]


class Entry(models.Model):
    """A fact: what became of which thing, when it was true, when we learned it, by whom.

    Codes and ids, never sentences and never a person's values (people can be forgotten).
    """

    kind = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    school_id = models.BigIntegerField(null=True)
    school_before_id = models.BigIntegerField(null=True)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    via = models.CharField(max_length=16, choices=Via.choices)
    changes = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    run_id = models.BigIntegerField(null=True)
    txid = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    objects: ClassVar[EntryQuerySet] = manager(EntryQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="entry_subject"),
            models.Index(fields=["school_id", "id"], name="entry_school"),
            # A school sees what left it, too. Without this one half of that question has no index.
            models.Index(
                fields=["school_before_id", "id"],
                name="entry_school_before",
                condition=models.Q(school_before_id__isnull=False),
            ),
            models.Index(fields=["kind", "id"], name="entry_kind"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"

    seen_with = "core.view_activity"

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        return models.Q(school_id__in=scope.schools) | models.Q(school_before_id__in=scope.schools)


class Seal(models.Model):
    """An entry's place in the final order, with a digest that chains the one before."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.number)
