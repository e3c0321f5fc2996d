"""An act done and taken back, to show what it would do before somebody confirms it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import transaction

from core.journal.writing import context
from core.models.entry import Entry

T = TypeVar("T")


def rehearse(act: Callable[[], object], tell: Callable[[Sequence[Entry]], T]) -> T:
    """What `tell` makes of the entries that `act` would write; nothing stays of it.

    The preview is the act itself, so it can promise nothing that the act does not do. Raises what
    the act raises: its Problems are known before anybody confirms."""
    with transaction.atomic():
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        act()
        # Others may commit meanwhile: only what this request wrote is ours.
        mine = Entry.objects.filter(pk__gt=last, request_id=context().request_id)
        told = tell(list(mine.order_by("pk")))
        transaction.set_rollback(True)
    return told
