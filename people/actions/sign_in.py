"""What is kept of signing in: failures, for an hour."""

from datetime import timedelta

from core import days
from people.models import SignInAttempt


def note_failure(account_hash: str, address: str) -> None:
    """Count a failed sign-in; what is older than an hour goes."""
    now = days.now()
    SignInAttempt.objects.filter(at__lt=now - timedelta(hours=1)).delete()
    SignInAttempt.objects.create(account_hash=account_hash, address=address, at=now)


def clear_failures(account_hash: str) -> None:
    """They signed in: their account's failures no longer count."""
    SignInAttempt.objects.filter(account_hash=account_hash).delete()
