"""Copies that the house itself keeps for a while: answers to replay, runs, sessions."""

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from core.forgetting.called import Called
from core.models import IdempotencyKey, Run


def forget_copies(called: Called) -> None:
    """Take somebody out of what is kept to be answered or shown again (inside the transaction
    that forgets them). The answer stays an answer: the same request is still done once."""
    if not called.everywhere:
        return
    for key in called.candidates(IdempotencyKey.objects.all(), "body"):
        if (body := called.without(key.body)) != key.body:
            key.body = body
            key.save(update_fields=["body"])
    fields = ("parameters", "result", "reason")
    for run in called.candidates(Run.objects.all(), *fields):
        clean = {name: called.without(getattr(run, name)) for name in fields}
        Run.objects.filter(pk=run.pk).update(**clean)
    for session in Session.objects.all().iterator():
        _forget_in_session(session, called)


def _forget_in_session(session: Session, called: Called) -> None:
    """A desk's list of scans and messages not shown yet say names; they are packed and signed."""
    held: dict[str, Any] = session.get_decoded()
    if not called.perhaps_in(json.dumps(held, ensure_ascii=False)):
        return
    clean = called.without(held)
    if clean != held:
        session.session_data = SessionStore().encode(clean)
        session.save(update_fields=["session_data"])
