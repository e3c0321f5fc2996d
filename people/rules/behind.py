"""Who can act through an account: the one who signs in, or who holds a service account."""

from datetime import datetime
from typing import Any

from core.models import Entry
from people.models import AccessToken, User


class Behind:
    """Who may be behind what an account did: itself; of a service account also who made it, and
    who made a token of it, and so read its text."""

    def __init__(self, account: Any) -> None:
        self.own: set[int] = set()
        self.tokens: dict[int, AccessToken] = {}
        self.makers: list[tuple[int, int]] = []
        if not isinstance(account, User):
            return
        self.own = {account.pk}
        if account.kind != User.Kind.SERVICE:
            return  # who invited somebody does not sign in as them
        made = Entry.objects.filter(subject_type=User._meta.label_lower, subject_id=account.pk)
        self.own |= _by(made.filter(kind="user.created"))
        self.tokens = AccessToken.objects.filter(user=account).in_bulk()
        made = Entry.objects.filter(
            kind="token.created",
            subject_type=AccessToken._meta.label_lower,
            subject_id__in=list(self.tokens),
        )
        told = made.values_list("subject_id", "by_id")
        self.makers = [(pk, by) for pk, by in told if by is not None]

    def at(self, when: datetime) -> set[int]:
        """Their keys, by the tokens that worked at an instant."""
        return self.own | {by for pk, by in self.makers if _worked(self.tokens[pk], when)}


def behind(account: Any, at: datetime) -> set[int]:
    """Who may be behind what an account did at an instant."""
    return Behind(account).at(at)


def _by(entries: Any) -> set[int]:
    return set(entries.exclude(by_id=None).values_list("by_id", flat=True))


def _worked(token: AccessToken, when: datetime) -> bool:
    ended = token.revoked_at is not None and token.revoked_at < when
    return token.created_at <= when < token.expires_at and not ended
