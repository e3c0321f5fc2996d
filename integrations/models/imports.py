"""An import: a file, its staged rows, what became of each."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor, System
from core.db.managers import manager
from core.models import Run, StoredFile
from integrations.options import KEYS, Options

KEPT = frozenset(KEYS.values())
#: What each kind of import brings in, as people read it; registered with it.
KIND_LABELS: dict[str, str | Promise] = {}


class ImportQuerySet(models.QuerySet["ImportSession"]):
    def visible_to(self, by: MaybeActor) -> "ImportQuerySet":
        """One's own imports; all of them for administrators."""
        if isinstance(by, System):
            return self
        if by is None or not by.is_authenticated:
            return self.none()
        # Each user model here has permissions.
        if by.has_perm("people.change_user"):  # type: ignore[attr-defined]
            return self
        return self.filter(owner_id=by.pk)


class ImportSession(models.Model):
    """A file on its way in. Nothing is written to the register before it is applied."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        FAILED = "failed", _("Not read")
        STAGED = "staged", _("Staged")
        PREVIEWED = "previewed", _("Previewed")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Discarded")

    kind = models.CharField(_("kind"), max_length=8)  # by name, of those registered
    name = models.CharField(_("file"), max_length=200)
    source = models.CharField(_("source"), max_length=64)
    # None once what it holds was forgotten; its hash stays.
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=10, choices=State.choices, default="staged")
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # header -> field
    options = models.JSONField(default=dict)  # read as `said`: integrations/options.py
    unknown = models.JSONField(default=dict)  # not found: {"room": {"LIN 9": {"count": 12, ...}}}
    # Words that were understood by another system's list, a choice or memory, as `unknown`.
    words = models.JSONField(default=dict)
    notes = models.JSONField(default=list)  # what was odd about the file
    plan_notes = models.JSONField(default=list)  # what was dropped or changed in its cells
    # Through whose eyes it was planned (integrations/eyes.py); empty where nothing was yet.
    eyes = models.TextField(blank=True)
    incoming = models.CharField(max_length=64, blank=True)  # of one that a worker is to read
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    # It may hold personal values: its own are forgotten some time after it ended.
    personal = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)  # applied, undone or discarded
    blanked_at = models.DateTimeField(null=True)  # its rows' values were forgotten

    objects: ClassVar[ImportQuerySet] = manager(ImportQuerySet)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def said(self) -> Options:
        """What is known of the file besides its cells."""
        return Options.read(self.options)

    def say(self, said: Options) -> None:
        """Keep what is known of the file (not saved)."""
        others = {key: value for key, value in self.options.items() if key not in KEPT}
        self.options = others | said.plain()

    @property
    def brings(self) -> str:
        """What it brings in, as people read it."""
        return str(KIND_LABELS.get(self.kind, self.kind))

    @property
    def reading(self) -> bool:
        """A worker reads its file, or is about to."""
        return self.state == self.State.READING and self.run is not None and not self.run.over

    @property
    def unreadable(self) -> bool:
        """Its file could not be read, or its reading was stopped: nothing of it is here."""
        over = self.run is not None and self.run.over
        return self.state == self.State.FAILED or (self.state == self.State.READING and over)

    @property
    def planning(self) -> bool:
        """A Run is planning its rows, or is about to."""
        return self.state == self.State.STAGED and self.run is not None and not self.run.over

    @property
    def unread(self) -> bool:
        """The Run that planned its rows was canceled or failed: they must be planned again."""
        return self.state == self.State.STAGED and self.run is not None and self.run.over

    @property
    def stopped(self) -> bool:
        """Its run was canceled or failed in the middle: it can go on or be undone."""
        halted = (Run.State.FAILED, Run.State.CANCELED)
        working = (self.State.APPLYING, self.State.UNDOING)
        return self.state in working and self.run is not None and self.run.state in halted


class StagedRow(models.Model):
    """A row as it was read, what it would do, and what it did."""

    class Outcome(models.TextChoices):
        CREATE = "create", _("New")
        UPDATE = "update", _("Changed")
        SAME = "same", _("Same")
        REFUSED = "refused", _("Refused")
        LEFT_OUT = "left", _("Left out")

    session = models.ForeignKey(ImportSession, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    part = models.PositiveIntegerField(default=0)  # which of the several things that a row means
    left_out = models.BooleanField(default=False)  # somebody said that it is not to come in
    raw = models.JSONField()
    faults = models.JSONField(default=list)  # what was wrong with it in the file: [[header, why]]
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    problems = models.JSONField(default=list)  # [[field, sentence], ...]
    changes = models.JSONField(default=dict)  # field -> [old, new], as people read them
    before = models.JSONField(default=dict)  # field -> old, as undo needs it
    # What it might mean besides (the kind's questions), and what was chosen: {"two": "merge"}.
    conflict = models.CharField(max_length=8, blank=True)
    decisions = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)  # sentences that refuse nothing
    source_key = models.CharField(max_length=80, blank=True)  # of a row that names no thing
    object_id = models.BigIntegerField(null=True)
    applied_version = models.PositiveIntegerField(null=True)
    applied = models.BooleanField(default=False)
    undone = models.BooleanField(default=False)
    # Whom it names or tells of, by local id in lower case; and who is called otherwise since than
    # its cells say, which no planning can know.
    person_key = models.CharField(max_length=64, blank=True)
    person_key_before = models.CharField(max_length=64, blank=True)
    person_key_claimed = models.CharField(max_length=64, blank=True)
    blanked = models.BooleanField(default=False)  # somebody whom it named was forgotten

    objects: ClassVar[models.Manager["StagedRow"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "number", "part"], name="staged_row")
        ]
        indexes = [
            models.Index(fields=["session", "outcome", "number", "part"], name="staged_outcome"),
            models.Index(
                fields=["session"],
                name="staged_done",
                condition=models.Q(applied=True, undone=False),
            ),
            models.Index(
                fields=["person_key"], name="staged_person", condition=~models.Q(person_key="")
            ),
            models.Index(
                fields=["person_key_before"],
                name="staged_person_before",
                condition=~models.Q(person_key_before=""),
            ),
            models.Index(
                fields=["person_key_claimed"],
                name="staged_person_claimed",
                condition=~models.Q(person_key_claimed=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.number}"
