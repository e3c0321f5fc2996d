"""Which records take attachments; who sees the record sees its files."""

from typing import Any

from core.access import MaybeActor

_subjects: dict[str, Any] = {}


def register(model: Any) -> None:
    """Let records of a model take attachments."""
    _subjects[model._meta.label_lower] = model


def find(subject_type: str, subject_id: int, by: MaybeActor) -> Any:
    """The record, through the door. Raises DoesNotExist / KeyError (404 either way)."""
    return _subjects[subject_type].objects.visible_to(by).get(pk=subject_id)


def known(subject_type: str) -> bool:
    return subject_type in _subjects
