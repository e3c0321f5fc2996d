"""Which records take attachments; who sees the record sees its files."""

from typing import Any

from django.http import HttpRequest

from core.access import MaybeActor, may, require

_subjects: dict[str, tuple[Any, str]] = {}


def register(model: Any, permission: str) -> None:
    """Let records of a model take attachments; `permission` is what seeing such a record needs."""
    _subjects[model._meta.label_lower] = model, permission


def find(subject_type: str, subject_id: int, by: MaybeActor) -> Any:
    """The record, through the door. Raises DoesNotExist / KeyError (404 either way) for what is not
    there or not yours, NotPermitted (403) where your role does not see such records."""
    model, permission = _subjects[subject_type]
    found = model.objects.visible_to(by).get(pk=subject_id)
    require(by, permission, found)
    return found


def known(subject_type: str) -> bool:
    return subject_type in _subjects


def panel(request: HttpRequest, subject: Any) -> dict[str, Any]:
    """What core/attachments.html shows of a record: its files, and whether more may come."""
    from core.models import Attachment

    type_ = subject._meta.label_lower
    rows = Attachment.objects.filter(subject_type=type_, subject_id=subject.pk, removed_at=None)
    return {
        "subject_type": type_, "subject_id": subject.pk, "attachments": rows.select_related("file"),
        "kinds": Attachment.Kind.choices, "may_attach": may(request.user, "core.attach", subject),
    }  # fmt: skip
