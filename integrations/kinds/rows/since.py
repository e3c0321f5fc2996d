"""What was said of a thing after an import: its undo takes nobody else's word back."""

from collections.abc import Iterable, Mapping

from django.db.models import Min, Model
from django.utils.translation import gettext as _

from core.models import Entry
from core.models.run import Run
from integrations.models import ImportSession, StagedRow


def told_since(
    session: ImportSession, model: type[Model], rows: Mapping[int, int], *kinds: str
) -> set[int]:
    """Of these subjects (key -> the object that a row of theirs keeps) those of which somebody else
    said something, by acts of these kinds if any are named, after this import's last word. What
    another import said and took back was not said: imports are undone in the order of their
    coming, the last one first."""
    label = model._meta.label_lower
    acts = Entry.objects.filter(subject_type=label, subject_id__in=list(rows)).news()
    if kinds:
        acts = acts.filter(kind__in=kinds)
    told = list(acts.order_by("pk").values_list("subject_id", "run_id"))
    runs = Run.objects.filter(pk__in={run for _subject, run in told if run})
    of = {
        run: parameters.get("session")
        for run, kind, parameters in runs.values_list("pk", "kind", "parameters")
        if kind in ("import", "import-undo")
    }
    undone = set(
        StagedRow.objects.filter(
            session__in=set(of.values()) - {session.pk},
            session__kind=session.kind,
            object_id__in=set(rows.values()),
            undone=True,
        ).values_list("session_id", "object_id")
    )
    found = set()
    for subject, run in told:
        by = of.get(run) if run else None
        if by == session.pk:
            found.discard(subject)
        elif (by, rows[subject]) not in undone:
            found.add(subject)
    return found


def first_acts(
    session: ImportSession, model: type[Model], subjects: Iterable[int]
) -> dict[int, int]:
    """Of subjects the first entry that this import told of each, by their keys."""
    runs = Run.objects.filter(kind="import", parameters__session=session.pk)
    acts = Entry.objects.filter(
        subject_type=model._meta.label_lower,
        subject_id__in=list(subjects),
        run_id__in=runs.values("pk"),
    )
    return dict(acts.order_by().values_list("subject_id").annotate(Min("pk")))


def again(name: str) -> str:
    """What is asked of something that is out of use and stands in a file."""
    return _("%s was put out of use. Is it in use again?") % name


def taken_back(thing: Model) -> bool:
    """Whether what is out of use is so since the undo of the import that brought it: nobody put it
    out of use. What a later import brought back, and its undo took back, was not said."""
    acts = Entry.objects.of(thing).order_by("pk").values_list("run_id", "changes")
    told = [(run, changes) for run, changes in acts]
    runs = Run.objects.filter(pk__in={run for run, _changes in told if run})
    of = {
        run: (kind, parameters.get("session"))
        for run, kind, parameters in runs.values_list("pk", "kind", "parameters")
        if kind in ("import", "import-undo")
    }
    maker = of.get(told[0][0] or 0) if told else None
    back = set()
    for run, changes in reversed(told):
        kind, session = of.get(run or 0, ("", None))
        if "active" not in changes or session in back:
            continue
        if kind != "import-undo":
            return False
        if maker is not None and maker == ("import", session):
            return True
        back.add(session)
    return False
