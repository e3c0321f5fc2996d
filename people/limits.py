"""Limits on signing in: by account and address together, and by address.

Never by account alone: whoever knows an address could then keep its owner out. A stranger's
failures slow that stranger, from each address anew and longer each time; guessing from one address
costs hours.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.db.models import QuerySet
from django.http import HttpRequest

from core.time import days
from core.web.http import address_of
from people.actions.sign_in import note_attempt, take_back
from people.models import SignInAttempt

Rows = QuerySet[SignInAttempt]
#: So many failures of an account from one address are free; then each costs a pause, twice as long
#: each time, up to an hour. They count for a day.
PAIR_LIMIT, FIRST_PAUSE, LONGEST_PAUSE = 5, timedelta(minutes=5), timedelta(hours=1)
ADDRESS_LIMIT, ADDRESS_MINUTES = 10, 1


@dataclass
class TooMany(Exception):
    """This account from here, or this address, has failed too often just now."""

    wait: timedelta

    @property
    def seconds(self) -> int:
        return max(1, round(self.wait.total_seconds()))

    @property
    def minutes(self) -> int:
        return -(-self.seconds // 60)


def account_hash(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def network_of(address: str) -> str:
    """Who is at an address: of IPv6 one customer has a network of /64 at least."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False).network_address)


def try_once(email: str, request: HttpRequest) -> SignInAttempt:
    """Count a try, which is a failure until it succeeds. Raises TooMany.

    It is counted before the limits are looked at: many tries at one moment see one another.
    """
    attempt = note_attempt(account_hash(email), network_of(address_of(request)))
    now = days.now()
    before = SignInAttempt.objects.exclude(pk=attempt.pk).filter(at__lte=now)
    wait = max(_pair_waits(before, attempt, now), _address_waits(before, attempt, now))
    if wait > timedelta(0):
        take_back(attempt)  # who waits and tries again is not kept out for longer
        raise TooMany(wait)
    return attempt


def _pair_waits(before: Rows, attempt: SignInAttempt, now: datetime) -> timedelta:
    failed = before.filter(account_hash=attempt.account_hash, address=attempt.address)
    times = list(failed.order_by("at").values_list("at", flat=True))
    if len(times) < PAIR_LIMIT:
        return timedelta(0)
    pause: timedelta = FIRST_PAUSE * 2 ** min(10, len(times) - PAIR_LIMIT)
    return times[-1] + min(pause, LONGEST_PAUSE) - now


def _address_waits(before: Rows, attempt: SignInAttempt, now: datetime) -> timedelta:
    minute = timedelta(minutes=ADDRESS_MINUTES)
    failed = before.filter(address=attempt.address, at__gt=now - minute)
    times = list(failed.order_by("-at").values_list("at", flat=True)[:ADDRESS_LIMIT])
    return times[-1] + minute - now if len(times) == ADDRESS_LIMIT else timedelta(0)
