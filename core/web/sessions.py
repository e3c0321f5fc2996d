"""Sessions in the database; where that is away it is said so, and not that somebody signed out."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from core.db.unavailable import NotKept, away


class SessionStore(db.SessionStore):
    def save(self, must_create: bool = False) -> None:
        """Django takes every failure to change a session for one that was ended meanwhile. This
        happens after the view: what was sent may be recorded."""
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            if cause is not None and (found := away(cause)):
                raise NotKept(found.code) from cause
            raise
