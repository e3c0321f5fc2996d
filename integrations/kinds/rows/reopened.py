"""What an import put back into use: its undo asks what came there since, and not what was there
before."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet

from core.models import Entry
from core.models.run import Run
from integrations.models import ImportSession


def reopened(session: ImportSession, thing: Model) -> Entry | None:
    """The word of this import by which something is in use again; None where the import brought
    it in, and whatever is there came since."""
    runs = Run.objects.filter(kind="import", parameters__session=session.pk)
    told = Entry.objects.of(thing).filter(run_id__in=list(runs.values_list("pk", flat=True)))
    words = (entry for entry in told.order_by("pk"))
    return next((e for e in words if e.changes.get("active") == [False, True]), None)


def came_since(opened: Entry | None, there: QuerySet[Any], **stood: Collection[object]) -> bool:
    """Whether any of these came to be there after that word, or at all where there is none.
    `stood`: by the names of an entry the values of what is there; whatever else one of them was
    when that was said, it was not there then."""
    if opened is None:
        return there.exists()
    told = Entry.objects.filter(
        subject_type=there.model._meta.label_lower,
        subject_id__in=there.values("pk"),
        pk__gt=opened.pk,
        changes__has_any_keys=list(stood),
    ).news()
    before: dict[tuple[int, str], Any] = {}
    for subject, changes in told.order_by("pk").values_list("subject_id", "changes"):
        for name in stood.keys() & changes.keys():
            before.setdefault((subject, name), changes[name][0])
    return any(was not in stood[name] for (_subject, name), was in before.items())
