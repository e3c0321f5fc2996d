"""Is the journal whole? Upper apps register their own checks of state against journal and spans."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from core import guards, sealing
from core.models.entry import Entry, Seal

_checks: list[Callable[[], Iterable[str]]] = []


def register_check(check: Callable[[], Iterable[str]]) -> None:
    """Add a check that yields one sentence per finding."""
    if check not in _checks:
        _checks.append(check)


@dataclass
class Result:
    sealed: int = 0
    unsealed: int = 0
    head: tuple[int, str] = (0, sealing.GENESIS)
    findings: list[str] = field(default_factory=list)


def verify(printed_head: tuple[int, str] | None = None, limit: int = 50) -> Result:
    """Walk the chain, then run every registered check. Findings are sentences, at most `limit`
    of the chain's. An unsealed tail is accepted and counted."""
    result = Result()
    number, before = 0, sealing.GENESIS
    digests: dict[int, str] = {}
    rows = (
        Seal.objects.order_by("number")
        .values_list("number", "digest", *(f"entry__{f}" for f in sealing.FIELDS))
        .iterator(chunk_size=5000)
    )
    for found, sealed, *entry in rows:
        number += 1
        if found != number:
            result.findings.append(f"Seal {number} is missing; the next is {found}.")
            number = found
        expected = sealing.digest(before, number, entry) if entry[0] else ""
        if expected != sealed:
            result.findings.append(f"Entry {entry[0]} does not match its seal {number}.")
        before = sealed
        if printed_head and number == printed_head[0]:
            digests[number] = before
        if len(result.findings) >= limit:
            break
    result.sealed, result.head = number, (number, before)
    result.unsealed = Entry.objects.filter(seal=None).count()
    if printed_head and printed_head[0] and digests.get(printed_head[0]) != printed_head[1]:
        result.findings.append(
            f"The journal does not contain the printed head {printed_head[0]}: "
            "its tail was cut or rewritten."
        )
    result.findings += [f"The guard {name} is missing." for name in guards.missing()]
    for check in _checks:
        result.findings += check()
    return result
