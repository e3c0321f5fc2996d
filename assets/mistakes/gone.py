"""That a thing left, or that nobody knows where it is, is not lost by making two rows one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assets.models import Asset, AssetSpan, Disposal, Status
from assets.models.status import DisposalMethod
from assets.unit_past import rows_of
from core.problems import Problem
from core.time import days
from funding.rules.chronology import shown

#: How far gone a thing is; what is here stands for nothing that happened.
_GONE = {Status.MISSING: 1, Status.LOST: 2, Status.STOLEN: 2, Status.DISPOSED: 3}


def gone_problems(loser: Asset, into: Asset) -> Iterator[Problem]:
    """Why a row that left, or is missing, does not go into one that says otherwise: what results
    has the status of the row that stays, and is in no report what it was before."""
    one, other = Status(loser.status), Status(into.status)
    words = {"tag": loser.tag, "into": into.tag, "status": one.words, "other": other.words}
    far, less = _GONE.get(one, 0), _GONE.get(other, 0)
    if one == other:
        if one == Status.DISPOSED and _says_more(loser, into):
            message = _(
                "%(tag)s and %(into)s are disposed, each in its own way. Reopen the one that is "
                "wrong, and merge that one into the other."
            )
            yield Problem("disposed-otherwise", message % words, "into")
        return
    if far < max(less, 1) or other == Status.VOID:
        return
    if far == less:
        message = _(
            "%(tag)s is %(status)s, and %(into)s is %(other)s. Say first of %(tag)s that it was "
            "found again."
        )
    elif (since := here_with_money(into, loser)) is not None:
        message, words["day"] = _with_money(one), shown(since)
        yield Problem("gone-otherwise", message % words, "into")
        return
    elif one == Status.DISPOSED:
        message = _(
            "%(tag)s is %(status)s, and %(into)s is %(other)s: that it left would be lost. Merge "
            "%(into)s into %(tag)s instead; or reopen %(tag)s first, where it is here."
        )
    else:
        message = _(
            "%(tag)s is %(status)s, and %(into)s is %(other)s: that it is gone would be lost. "
            "Merge %(into)s into %(tag)s instead; or say first that it was found again."
        )
    yield Problem("gone-otherwise", message % words, "into")


def money_here_problems(loser: Asset, into: Asset) -> Iterator[Problem]:
    """Why a row that carries the money does not go into one that is gone for longer: R1 tells of
    the days before the merge what the row with the money says, and then the other."""
    since, gone = here_with_money(loser, into), Status(into.status)
    words = {"into": loser.tag, "tag": into.tag, "status": gone.words}
    if since is not None:
        words["day"] = shown(since)
        yield Problem("gone-before-merge", _with_money(gone) % words, "into")
    elif _brings(loser, into) and loser.status == gone == Status.DISPOSED:
        if _says_more(into, loser):
            message = _(
                "%(into)s has the money and says less of how it left than %(tag)s. Reopen "
                "%(into)s, and dispose of it as %(tag)s was."
            )
            yield Problem("disposed-otherwise", message % words, "into")


def _with_money(gone: Status) -> str:
    if gone == Status.DISPOSED:
        return _(
            "%(tag)s is %(status)s since %(day)s, and the money is on %(into)s, which was here "
            "then: dispose of %(into)s on that day first; or reopen %(tag)s, where it is here."
        )
    return _(
        "%(tag)s is %(status)s since %(day)s, and the money is on %(into)s, which was here then: "
        "say of %(into)s that it is missing since that day; or of %(tag)s that it was found again."
    )


def _brings(loser: Asset, into: Asset) -> bool:
    return loser.unit_id is not None and into.unit_id is None


def here_with_money(loser: Asset, into: Asset) -> date | None:
    """Since when the row that stays is gone, if on a day since then, before today, what carries the
    money says otherwise."""
    since = _gone_since(into) if _brings(loser, into) else None
    if since is None:
        return None
    paid = AssetSpan.objects.known().filter(asset__in=rows_of(loser), unit=loser.unit_id)
    for span in paid:
        begins, ends = _ends_of_days(span)
        if max(since, begins) < ends and not _as_gone(span.status, into.status):
            return since
    return None


def _ends_of_days(span: AssetSpan) -> tuple[date, date]:
    """The first day at whose end it held, and the first at whose end it did no more, or today."""
    end = days.local_date(span.valid_to) if span.valid_to else days.today()
    return days.local_date(span.valid_from), end


def _as_gone(said: str, gone: str) -> bool:
    disposed = Status.DISPOSED
    return said == gone if disposed in (said, gone) else Status(said) in _GONE


def _gone_since(asset: Asset) -> date | None:
    """From which day on it was gone all the time."""
    since = None
    for span in AssetSpan.objects.known().filter(asset=asset).in_order().reverse():
        begins, ends = _ends_of_days(span)
        if Status(span.status) in _GONE:
            since = begins
        elif begins < ends:
            break
    return since


def _says_more(loser: Asset, into: Asset) -> bool:
    """Whether a disposal says what that of the row that stays does not."""
    theirs, said = (_said(asset) for asset in (loser, into))
    return any(said.get(name) != value for name, value in theirs.items())


def _said(asset: Asset) -> dict[str, Any]:
    """What is known of how a thing left; of its many columns those that a report prints."""
    names = ("disposed_on", "method", "sale_price", "fair_market_value")
    rows = Disposal.objects.filter(asset=asset, reopened_at=None).values(*names)
    row: dict[str, Any] = next(iter(rows), {})
    return {k: v for k, v in row.items() if v not in (None, "", DisposalMethod.UNKNOWN)}
