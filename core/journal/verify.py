"""Is the journal whole, and is everything as it says? Upper apps register checks of their own."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import islice

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from core.db.snapshot import snapshot
from core.disk import blobs as files
from core.facts.salts import masked
from core.journal import baselines, folding, guards, heads, seal_check, sealing
from core.journal.each_row import ODD, found_in_each
from core.journal.folding import Counts
from core.models.entry import Entry, Seal
from core.models.files import StoredFile
from core.models.words import EntryWords
from core.time import days

log = logging.getLogger(__name__)
_checks: list[Callable[[], Iterable[str]]] = []
#: An entry that could be sealed and is not for so long is a fault.
SEALED_WITHIN = timedelta(minutes=1)


def register_check(check: Callable[[], Iterable[str]]) -> None:
    """Add a check that yields one sentence per finding."""
    if check not in _checks:
        _checks.append(check)


@dataclass
class Result:
    """What was found and what was looked at. `pending` subjects wait for their baseline."""

    sealed: int = 0
    unsealed: int = 0
    head: tuple[int, str] = (0, sealing.GENESIS)
    last_outside: heads.Outside | None = None
    files: int = 0
    tables: dict[str, Counts] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    @property
    def pending(self) -> int:
        return sum(counts.pending for counts in self.tables.values())


def verify(
    printed_head: tuple[int, str] | None = None, limit: int = 50, only_chain: bool = False
) -> Result:
    """Walk the chain, fold the entries against the tables, look at the files and at every head that
    was written down, then run every registered check. Findings are sentences, of the chain and of
    the fold at most `limit` each."""
    result = Result()
    known = heads.outside()
    if printed_head and printed_head[0]:
        known.append(heads.Outside(*printed_head, "the head that was given"))
    with snapshot():
        _walk_chain(result, known, limit)
        result.findings += _tail()
        if only_chain:
            return result
        folded = folding.fold(result.tables, baselines.pending())
        for what, found in (("entries", seal_check.otherwise_stored()), ("tables", folded)):
            result.findings += _to_its_end(what, partial(_at_most, limit, what, found))
        result.findings += _to_its_end("words of reasons", _words)
        result.findings += _to_its_end("guards", _guards)
        for check in _checks:
            result.findings += _to_its_end(check.__name__, check)
    result.findings += _to_its_end("stored files", lambda: _files(result))
    return result


def _at_most(limit: int, what: str, findings: Iterator[str]) -> Iterator[str]:
    yield from islice(findings, limit)
    if next(findings, None) is not None:
        yield f"There are more than {limit} findings in the {what}."


def _to_its_end(what: str, check: Callable[[], Iterable[str]]) -> list[str]:
    """The findings of a check. What it stumbles over, because no code of this house could have
    written it, is a finding too and keeps none of the others back."""
    found: list[str] = []
    try:
        found += check()
    except ODD as error:
        log.warning("verify.check_failed", exc_info=True, extra={"check": what})
        found.append(f"The check of {what} could not be finished: {type(error).__name__}.")
    return found


def _guards() -> Iterator[str]:
    for name in guards.missing():
        yield f"The guard {name} is missing or does not guard."
    for name in guards.foreign():
        yield f"The trigger {name} is none of this register's."


def _walk_chain(result: Result, known: list[heads.Outside], limit: int) -> None:
    """The chain in the order of its seals, and whether it holds the heads that are known."""
    number, before = 0, sealing.GENESIS
    wanted = {head.number for head in known}
    digests = {0: before}
    rows = (
        Seal.objects.order_by("number")
        .values_list("number", "digest", *seal_check.CELLS)
        .iterator(chunk_size=5000)
    )
    for found, sealed, *entry in rows:
        number += 1
        if found != number:
            result.findings.append(f"Seal {number} is missing; the next is {found}.")
            number = found
        if not (entry[0] and seal_check.matches(sealed, before, number, entry)):
            result.findings.append(f"Entry {entry[0]} does not match its seal {number}.")
        before = sealed
        if number in wanted:
            digests[number] = before
        if len(result.findings) >= limit:
            return
    result.sealed, result.head = number, (number, before)
    result.unsealed = Entry.objects.filter(seal=None).count()
    for head in known:
        if digests.get(head.number) != head.digest:
            result.findings.append(
                f"The journal does not contain the head {head.number} ({head.where}): "
                "its tail was cut or rewritten."
            )
        elif result.last_outside is None or head.number >= result.last_outside.number:
            result.last_outside = head


def _tail() -> Iterator[str]:
    """Entries that should have a seal by now. Those of transactions under way may wait."""
    now = days.now()
    # One that says it is of a later day is no fresh one: no act writes that.
    fresh = Q(recorded_at__range=(now - SEALED_WITHIN, now + SEALED_WITHIN))
    old = Entry.objects.filter(~fresh, seal=None)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT txid_snapshot_xmin(s), txid_snapshot_xmax(s), txid_current_if_assigned() "
                "FROM txid_current_snapshot() s"
            )
            oldest, coming, own = cursor.fetchone()
        old = old.filter(Q(txid__lt=oldest) | Q(txid__gte=coming))
        if own is not None:  # the caller's own, which nobody can seal yet
            old = old.exclude(txid=own)
    elif connection.in_atomic_block:
        return  # the caller writes: nobody can seal meanwhile
    if count := old.count():
        yield (
            f"{count} entries have no seal for more than a minute, or are dated after now: does "
            "the sweeper run, and is the clock right?"
        )


def _words() -> Iterator[str]:
    """The words of reasons are those that their entries were made with, or were blanked by an
    act."""
    blanked = set(Entry.objects.filter(kind="words.blanked").values_list("data__digest", flat=True))
    there: set[bytes] = set()
    blank = ExpressionWrapper(Q(blanked_at__isnull=False), BooleanField())
    rows = EntryWords.objects.values_list("digest", "salt", "words", blank)
    for digest, salt, words, is_blank in rows.iterator(chunk_size=5000):
        there |= _bytes(digest)
        if is_blank:
            if digest not in blanked or words or salt:
                yield f"The words {digest} are blank and no entry says so."
        elif not (isinstance(salt, str) and isinstance(words, str)) or (
            masked(salt, words) != digest
        ):
            yield f"The words {digest} are not those that their entry was made with."
    said = Entry.objects.filter(data__reason__words__isnull=False)
    digests = said.values_list("data__reason__words", flat=True)
    gone = {d for d in digests.iterator(chunk_size=5000) if not _bytes(d) & there}
    if gone:
        yield f"The words of {len(gone)} reasons are gone."


def _bytes(digest: object) -> set[bytes]:
    """A digest, in half the room; none where it is none."""
    try:
        return {bytes.fromhex(digest)} if isinstance(digest, str) else set()
    except ValueError:
        return set()


def _files(result: Result) -> Iterator[str]:
    """Every stored file has the bytes that its name promises."""

    def check(file: StoredFile) -> Iterator[str]:
        result.files += 1
        if files.damaged(file):
            yield f"The stored file {file.sha256} is gone or altered."

    yield from found_in_each(StoredFile.objects.only("sha256"), check, "stored file")
