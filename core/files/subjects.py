"""Which records take attachments; who sees the record, all of it, sees its files."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from core.access import MaybeActor, may, require
from core.models import Attachment
from core.permissions import known_permission
from core.registering import take

#: Whether somebody sees the whole of a record, where others see a part of it.
Whole = Callable[[Any, MaybeActor], bool]
_subjects: dict[str, tuple[Any, str, Whole]] = {}


def _always(record: Any, by: MaybeActor) -> bool:
    return True


def register_subject(model: Any, permission: str, whole: Whole = _always) -> None:
    """Let records of a model take attachments; `permission` is what seeing such a record needs.
    A file is of the whole record: who sees a part of one, as `whole` says, sees no file of it."""
    label = model._meta.label_lower
    known_permission(permission, f"the files of {label}")
    take(_subjects, label, (model, permission, whole), "who sees the files of a model")


def find(subject_type: str, subject_id: int, by: MaybeActor) -> Any:
    """The record, through the door. Raises DoesNotExist / KeyError (404 either way) for what is not
    there or not yours, NotPermitted (403) where your role does not see such records."""
    model, permission, whole = _subjects[subject_type]
    found = model.objects.visible_to(by).get(pk=subject_id)
    require(by, permission, found)
    if not whole(found, by):
        raise model.DoesNotExist
    return found


def known(subject_type: str) -> bool:
    return subject_type in _subjects


def attached(request: HttpRequest, subject: Any) -> dict[str, Any]:
    """What core/attachments.html shows of a record: its files, and whether more may come; nothing
    to whoever sees a part of it."""
    type_ = subject._meta.label_lower
    _model, _permission, whole = _subjects[type_]
    if not whole(subject, request.user):
        return {"attachments": [], "may_attach": False}
    rows = Attachment.objects.filter(subject_type=type_, subject_id=subject.pk, removed_at=None)
    return {
        "subject_type": type_,
        "subject_id": subject.pk,
        "attachments": rows.select_related("file"),
        "kinds": Attachment.Kind.choices,
        "may_attach": may(request.user, "core.attach", subject),
    }
