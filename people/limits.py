"""Limits on signing in: by account and by address (reliability 3 #12)."""

import hashlib
from datetime import timedelta

from django.http import HttpRequest

from core import days
from people.models import SignInAttempt

ACCOUNT_LIMIT, ACCOUNT_MINUTES = 5, 5
ADDRESS_LIMIT, ADDRESS_MINUTES = 10, 1


def account_hash(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def address_of(request: HttpRequest) -> str:
    """The peer's own address; X-Forwarded-For is anybody's word and not asked."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def too_many(email: str, request: HttpRequest) -> bool:
    """Whether this account or this address has failed too often just now."""
    now = days.now()
    account = SignInAttempt.objects.filter(
        account_hash=account_hash(email), at__gt=now - timedelta(minutes=ACCOUNT_MINUTES)
    ).count()
    address = SignInAttempt.objects.filter(
        address=address_of(request), at__gt=now - timedelta(minutes=ADDRESS_MINUTES)
    ).count()
    return account >= ACCOUNT_LIMIT or address >= ADDRESS_LIMIT
