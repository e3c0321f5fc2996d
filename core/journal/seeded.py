"""What an installation begins with is in the journal, and is no news on anybody's front page."""

from django.db.models import Q

from core.models.entry import EntryQuerySet

_kinds: set[str] = set()


def register_seeded(*kinds: str) -> None:
    """Kinds of entries that the application itself writes as it is installed or upgraded."""
    _kinds.update(kinds)


def without(rows: EntryQuerySet) -> EntryQuerySet:
    """Entries but for what the application brought: what somebody did of the same kind stays."""
    return rows.exclude(Q(by_id=None) & Q(kind__in=list(_kinds)))
