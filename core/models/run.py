"""A Run: work that outlives a request. The row is the truth, Celery is the doorbell."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor, System
from core.db.managers import manager
from core.registering import take

#: No lease lasts so long. One that ends later was given before the clock was set back.
CLOCK_SET_BACK = timedelta(minutes=10)
#: How kinds are called, as the house says it (core.runs.register_kind).
_labels: dict[str, str | Promise] = {}


def call_kind(kind: str, label: str | Promise) -> None:
    """Name a kind of run for people."""
    take(_labels, kind, label, "how a kind of run is called")


class RunQuerySet(models.QuerySet["Run"]):
    def due(self, now: datetime) -> "RunQuerySet":
        """Those that wait and may begin. A clock that was set back makes nobody wait for it."""
        begin = models.Q(available_at__lte=now) | models.Q(created_at__gt=now)
        return self.filter(begin, state=Run.State.WAITING)

    def abandoned(self, now: datetime) -> "RunQuerySet":
        """Those whose worker let its lease run out."""
        over = models.Q(lease_until__lt=now) | models.Q(lease_until__gt=now + CLOCK_SET_BACK)
        return self.filter(over, state=Run.State.RUNNING)

    def visible_to(self, by: MaybeActor) -> "RunQuerySet":
        """One's own runs; all of them for those who may see runs."""
        if isinstance(by, System):
            return self
        if by is None or not by.is_authenticated:
            return self.none()
        # Each user model here has permissions.
        if by.has_perm("core.view_runs"):  # type: ignore[attr-defined]
            return self
        return self.filter(owner_id=by.pk)


class Run(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        FAILED = "failed", _("Failed")
        CANCELED = "canceled", _("Canceled")

    kind = models.CharField(_("kind"), max_length=32)
    parameters = models.JSONField(default=dict)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="runs"
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    available_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    fencing = models.PositiveIntegerField(default=0)
    rung_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    result = models.JSONField(default=dict)
    key = models.CharField(max_length=128, null=True, unique=True)
    request_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[RunQuerySet] = manager(RunQuerySet)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "available_at"], name="run_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def over(self) -> bool:
        return self.state in (self.State.FINISHED, self.State.FAILED, self.State.CANCELED)

    @property
    def label(self) -> str:
        """Its kind in people's words."""
        return str(_labels.get(self.kind, self.kind))

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


class Schedule(models.Model):
    """Work that falls due by itself. A missed one is caught up once, none runs twice."""

    name = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=32)
    every_seconds = models.PositiveIntegerField()
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Heart(models.Model):
    """When the sweeper last went round: readiness asks this."""

    name = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
