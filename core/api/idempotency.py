"""Idempotency-Key: a POST that is sent again is answered again, and done once."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import MaybeActor, grants_of
from core.models import IdempotencyKey
from core.problems import Invalid, NotPermitted, Problem, ProblemError
from core.time import days

KEPT_HOURS = 24
KEY, LONGEST = r"^[!-~]+$", 128


class Reused(ProblemError):
    """The same key with another request (422)."""

    status = 422


def _rights(by: MaybeActor) -> str:
    """A hash of what somebody's memberships allow, and where."""
    held = sorted(
        f"{g.school or ''}/{':'.join(map(str, g.along or ()))}/{','.join(sorted(g.permissions))}"
        for g in grants_of(by)
    )
    return hashlib.sha256("\n".join(held).encode()).hexdigest()


def once(request: Request, do: Callable[[], Response]) -> Response:
    """Do a POST once per user and key. Raises Reused for another body under the same key, and
    NotPermitted for whom it was answered with other rights than now."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return do()
    if not re.fullmatch(KEY[1:-1], key) or len(key) > LONGEST:
        message = _("A key has 1 to 128 letters, digits or signs of ASCII.")
        raise Invalid(Problem("idempotency-key", message))
    raw: Any = request._request
    # Another token sees other things of the same answer: to it that is another request.
    scopes = ",".join(sorted(getattr(request.user, "_token_scopes", None) or ()))
    head = f"{request.method} {request.path}\n{scopes}\n"
    digest = hashlib.sha256(head.encode() + raw.body).hexdigest()
    rights = _rights(request.user)
    with transaction.atomic():
        # The same request sent twice at once: the second waits for the first's row, then replays.
        row, created = IdempotencyKey.objects.get_or_create(
            user_id=int(request.user.pk or 0),
            key=key,
            defaults={"request_hash": digest, "rights_hash": rights, "created_at": days.now()},
        )
        if not created:
            row = IdempotencyKey.objects.select_for_update().get(pk=row.pk)
            if row.request_hash != digest:
                message = _("This key was used for another request.")
                raise Reused(Problem("idempotency-key-reused", message))
            if row.rights_hash != rights:
                # What it made may be at a school that is not theirs any more.
                message = _(
                    "This was done when it was first sent. Your rights changed since, so its "
                    "answer is not shown again: look for what it made where you may."
                )
                raise NotPermitted(Problem("idempotency-rights-changed", message))
            if row.status is not None:
                said = {"ETag": row.etag} if row.etag else {}
                return Response(
                    row.body, status=row.status, headers={"Idempotent-Replay": "true", **said}
                )
        response = do()
        row.status, row.body = response.status_code, response.data
        row.etag = response.headers.get("ETag", "")
        row.save(update_fields=["status", "body", "etag"])
    return response


def purge() -> int:
    """Forget keys of yesterday (a chore of the sweeper)."""
    old = days.now() - timedelta(hours=KEPT_HOURS)
    return int(IdempotencyKey.objects.filter(created_at__lt=old).delete()[0])
