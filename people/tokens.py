"""Bearer tokens: `da_<prefix>_<secret>`, kept as a hash, shown once."""

import hashlib
import re
import secrets
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from core import days
from people.models import AccessToken, User


def new_token() -> tuple[str, str, str]:
    """A fresh token as (prefix, whole text to show once, hash to keep)."""
    prefix = secrets.token_hex(4)
    text = f"da_{prefix}_{secrets.token_urlsafe(32)}"
    return prefix, text, hash_token(text)


def hash_token(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer da_...`; the token's scopes narrow what its user may do."""

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        header = request.headers.get("Authorization", "")
        scheme, _space, text = header.partition(" ")
        if not header:
            return None
        refused = exceptions.AuthenticationFailed(
            _("This token is not valid: it is unknown, expired or revoked. Make a new one.")
        )
        shape = re.fullmatch(r"da_([0-9a-f]{8})_[A-Za-z0-9_-]{43}", text.strip())
        if scheme.lower() != "bearer" or shape is None:
            raise refused
        token: Any = (
            AccessToken.objects.select_related("user")
            .filter(prefix=shape[1], revoked_at=None)
            .first()
        )
        good = token is not None and secrets.compare_digest(
            token.token_hash, hash_token(text.strip())
        )
        if not good or token.expires_at <= days.now() or not token.user.is_active:
            raise refused
        today = days.today()
        if token.last_used_on != today:
            AccessToken.objects.filter(pk=token.pk).update(last_used_on=today)
        token.user._token_scopes = frozenset(token.scopes)
        return token.user, token
