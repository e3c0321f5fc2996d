"""Sealing: entries get a gapless number and a digest that chains the one before."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Func, Max, Q, QuerySet

from core.models.entry import Entry, Seal
from core.models.lease import Lease
from core.models.run import CLOCK_SET_BACK
from core.time import days

GENESIS = "0" * 64
#: The lease under which seals are given.
SEALER = "sealer"
#: So many entries are sealed in one transaction.
ROUND = 20_000
FIELDS = (
    "id",
    "kind",
    "subject_type",
    "subject_id",
    "school_id",
    "school_before_id",
    "effective_at",
    "recorded_at",
    "by_id",
    "via",
    "changes",
    "data",
    "request_id",
    "run_id",
)
_EFFECTIVE, _RECORDED = FIELDS.index("effective_at"), FIELDS.index("recorded_at")
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def instant(value: datetime) -> str:
    """An instant as a seal's content has it, the same on both databases."""
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return value.isoformat(timespec="microseconds")[:-6] + "Z"


def canonical(values: Sequence[Any]) -> bytes:
    """An entry (its values in the order of FIELDS) as bytes, the same on both databases."""
    row = list(values)
    row[_EFFECTIVE] = instant(row[_EFFECTIVE])
    row[_RECORDED] = instant(row[_RECORDED])
    return _encode(row).encode()


def digest(before: str, number: int, values: Sequence[Any]) -> str:
    """The chained digest of a sealed entry, its values in the order of FIELDS."""
    return hashlib.sha256(f"{before}\n{number}\n".encode() + canonical(values)).hexdigest()


def head() -> tuple[int, str]:
    """The last seal's number and digest; (0, zeros) for an empty journal."""
    last = Seal.objects.order_by("-number").values_list("number", "digest").first()
    return last or (0, GENESIS)


def take_lease(name: str, seconds: int, holder: str | None = None) -> str | None:
    """Take or renew a lease; the holder's name, or None while somebody else holds it."""
    holder = holder or uuid.uuid4().hex
    now = days.now()
    Lease.objects.get_or_create(name=name)
    # One that ends much later was given before the clock was set back.
    late = now + CLOCK_SET_BACK
    free = Q(until=None) | Q(until__lt=now) | Q(until__gt=late) | Q(holder=holder)
    taken = Lease.objects.filter(free, name=name).update(
        holder=holder, until=now + timedelta(seconds=seconds)
    )
    return holder if taken else None


class _NextTransaction(Func):
    """The transaction after all that the statement can see, on PostgreSQL."""

    template = "txid_snapshot_xmax(txid_current_snapshot())"
    arity = 0
    output_field: Any = BigIntegerField()


def unsealed(floor: int | None = None) -> QuerySet[Entry]:
    """The entries without a seal. All before the sealer's floor have one: a journal has millions of
    entries, and the sweeper, who asks every two seconds, must not look through all of them."""
    if floor is None:
        floor = Lease.objects.filter(name=SEALER).values_list("floor", flat=True).first() or 0
    name = "txid" if connection.vendor == "postgresql" else "id"
    return Entry.objects.filter(seal=None, **{f"{name}__gte": floor})


def seal_all() -> int:
    """Seal all that is final now; how many were sealed. In rounds: whoever else wants to seal (or
    to write at all, on SQLite) waits for one of them at most."""
    total, reached = seal_round(ROUND)
    while reached is not None:
        sealed, reached = seal_round(ROUND, reached)
        total += sealed
    return total


def seal_round(
    limit: int, reached: tuple[int, int] | None = None
) -> tuple[int, tuple[int, int] | None]:
    """Seal so many in order: how many were sealed, and where the next round begins if something is
    left (what was final, and the last entry of it that is sealed)."""
    with transaction.atomic():
        # Two sealers would hand out the same number: the second waits here, on the lease's row.
        Lease.objects.get_or_create(name=SEALER)
        leases = Lease.objects.filter(name=SEALER)
        if connection.features.has_select_for_update:
            leases = leases.select_for_update()
        floor = leases.get().floor
        number, before = head()
        last = reached[1] if reached else 0
        if connection.vendor == "postgresql":
            # An entry of a transaction still open could commit with a smaller id later on:
            # only entries below the oldest running transaction have their final order.
            with connection.cursor() as cursor:
                cursor.execute("SELECT txid_snapshot_xmin(txid_current_snapshot()), txid_current()")
                oldest, own = cursor.fetchone()
            if floor > oldest:
                floor = 0  # these tables were carried to a cluster that counts from its own start
            final = reached[0] if reached else oldest
            # What one sees of a transaction that is yet to come was carried here from a cluster
            # that had counted further: it is over. Asked in the statement that reads, or a
            # transaction that commits in between would look like one. The caller's own is not over.
            carried = Q(txid__gte=_NextTransaction()) & ~Q(txid=own)
            pending = unsealed(floor).filter(Q(txid__lt=final) | carried)
        else:
            # One writer at a time: entries are committed in the order of their ids.
            final = (Entry.objects.aggregate(last=Max("id"))["last"] or 0) + 1
            pending = unsealed(floor)
        seals = []
        rows = pending.filter(id__gt=last).order_by("id").values_list(*FIELDS)
        for row in rows[:limit].iterator(chunk_size=2000):
            number, last = number + 1, row[0]
            before = digest(before, number, row)
            seals.append(Seal(number=number, entry_id=last, digest=before))
        Seal.objects.bulk_create(seals, batch_size=1000)
        left = len(seals) == limit
        if not left and final > floor:
            leases.update(floor=final)
    return len(seals), (final, last) if left else None
