"""What is kept of signing in: failures, for an hour."""

from datetime import timedelta

from core import days
from people.models import SignInAttempt


def note_attempt(account_hash: str, address: str) -> SignInAttempt:
    """Count a try to sign in; what is older than an hour goes."""
    now = days.now()
    SignInAttempt.objects.filter(at__lt=now - timedelta(hours=1)).delete()
    return SignInAttempt.objects.create(account_hash=account_hash, address=address, at=now)


def take_back(attempt: SignInAttempt) -> None:
    """The try was not let through, and does not count."""
    SignInAttempt.objects.filter(pk=attempt.pk).delete()


def clear_failures(account_hash: str) -> None:
    """They signed in: their account's failures no longer count."""
    SignInAttempt.objects.filter(account_hash=account_hash).delete()
