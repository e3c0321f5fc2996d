"""Limits on signing in: by account and by address (reliability 3 #12)."""

import hashlib
from datetime import timedelta

from django.http import HttpRequest

from core import days
from core.http import address_of
from people.actions.sign_in import note_attempt, take_back
from people.models import SignInAttempt

ACCOUNT_LIMIT, ACCOUNT_MINUTES = 5, 5
ADDRESS_LIMIT, ADDRESS_MINUTES = 10, 1


def account_hash(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def try_once(email: str, request: HttpRequest) -> SignInAttempt | None:
    """Count a try, which is a failure until it succeeds; None where this account or this address
    has failed too often just now.

    It is counted before the limits are looked at: many tries at one moment see one another.
    """
    attempt = note_attempt(account_hash(email), address_of(request))
    before, now = SignInAttempt.objects.exclude(pk=attempt.pk), days.now()
    account = before.filter(
        account_hash=attempt.account_hash, at__gt=now - timedelta(minutes=ACCOUNT_MINUTES)
    ).count()
    address = before.filter(
        address=attempt.address, at__gt=now - timedelta(minutes=ADDRESS_MINUTES)
    ).count()
    if account < ACCOUNT_LIMIT and address < ADDRESS_LIMIT:
        return attempt
    take_back(attempt)  # who waits and tries again is not kept out for longer
    return None
