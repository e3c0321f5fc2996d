"""How somebody used the columns and words of a source, for the next file of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor
from core.db.managers import manager
from core.facts import columns
from core.facts.salts import new_salt


class MappingQuerySet(models.QuerySet["SavedMapping"]):
    def visible_to(self, by: MaybeActor) -> "MappingQuerySet":
        """One's own and those that are shared."""
        if by is None or not by.is_authenticated:
            return self.none()
        return self.filter(Q(owner_id=by.pk) | Q(shared=True))


class SavedMapping(models.Model):
    """How somebody used a source's columns, what its words meant and what they answered, for the
    next file of it. It belongs to who saved it (no owner: the command line) unless they share
    it."""

    source = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    shared = models.BooleanField(_("shared"), default=False)
    mapping = models.JSONField(default=dict)  # header -> field, empty for one that is not used
    words = models.JSONField(default=dict)  # kind -> folded word -> choice or key
    # Option -> what was answered (integrations/answers.py), empty for what is to be asked again.
    answers = models.JSONField(null=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    objects: ClassVar[MappingQuerySet] = manager(MappingQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "owner"], name="saved_mapping_owner"),
            models.UniqueConstraint(
                fields=["source", "kind"],
                name="saved_mapping_of_nobody",
                condition=Q(owner=None),
            ),
            models.UniqueConstraint(
                fields=["source", "kind"], name="saved_mapping_shared", condition=Q(shared=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind}"


# A source is called after its file, and a file after whoever it is about.
columns.noun(SavedMapping, masks=["source", "mapping", "words"])
