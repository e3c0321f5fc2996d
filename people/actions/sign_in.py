"""What is kept of signing in: failures, for a day."""

from datetime import timedelta

from core.time import days
from people.models import SignInAttempt


def note_attempt(account_hash: str, address: str) -> SignInAttempt:
    """Count a try to sign in; what is older than a day goes."""
    now = days.now()
    SignInAttempt.objects.filter(at__lt=now - timedelta(days=1)).delete()
    return SignInAttempt.objects.create(account_hash=account_hash, address=address, at=now)


def take_back(attempt: SignInAttempt) -> None:
    """The try was not let through, and does not count."""
    SignInAttempt.objects.filter(pk=attempt.pk).delete()


def clear_failures(attempt: SignInAttempt) -> None:
    """They signed in: their failures from there no longer count. A stranger's elsewhere do."""
    same = {"account_hash": attempt.account_hash, "address": attempt.address}
    SignInAttempt.objects.filter(**same).delete()
