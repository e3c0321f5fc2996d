"""Why an asset may not be handed out, returned or put somewhere just now."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assets.models import Asset, AssetSpan, Assignment
from assets.models.status import ASTRAY, CLOSED, Status
from assets.unit_past import brought_since, rows_of
from core.problems import Problem
from core.time import days
from people.models import Person, Room
from people.rules.places import school_problems

HAND_OUT_FROM = (Status.RECEIVED, Status.IN_STOCK, Status.IN_USE)
#: What a thing may be while somebody answers for it.
HELD = (
    Status.IN_USE,
    Status.IN_REPAIR,
    Status.IN_TRANSIT,
    Status.MISSING,
    Status.LOST,
    Status.STOLEN,
)


def future_problems(at: datetime | None) -> Iterator[Problem]:
    """Nothing becomes true in the future."""
    if at is not None and at > days.now():
        yield Problem("in-the-future", _("This cannot become true in the future."), "at")


def time_problems(asset: Asset, at: datetime | None) -> Iterator[Problem]:
    """Nothing becomes true in the future, or before the thing was there; nor of a row before it
    was the one that stands for the thing."""
    yield from future_problems(at)
    if at is None:
        return
    if not _was_there(asset, at):
        message = _(
            "%(tag)s was not there yet at that time. Where it was, say first by Edit on its page "
            "since when: the day on which it was acquired."
        )
        yield Problem("before-it-was-there", message % {"tag": asset.tag}, "at")
    else:
        yield from before_merge_problems(asset, at)


def before_merge_problems(asset: Asset, at: datetime, field: str = "at") -> Iterator[Problem]:
    """On the days before a merge that brought a thing its money, that stood on the other row: what
    is told of such a day would not be told of the thing that was paid for."""
    merged = brought_since(asset)
    if merged is None or days.local_date(at) >= days.local_date(merged):
        return
    message = _(
        "Before %(day)s the money of %(tag)s was on another row, which was merged into it on that "
        "day. Give that day or a later one; or undo the merge, tell it of that row, and merge "
        "again."
    )
    day = date_format(days.local_date(merged), "SHORT_DATE_FORMAT")
    yield Problem("before-merge", message % {"tag": asset.tag, "day": day}, field)


def acquired_later_problems(
    asset: Asset, acquired_on: date, at: datetime | None
) -> Iterator[Problem]:
    """Nothing was true of it before the day on which it was acquired, as that is put right."""
    if at is not None and at < days.start_of_day(acquired_on):
        message = _("%(tag)s was not there yet at that time.")
        yield Problem("before-it-was-there", message % {"tag": asset.tag}, "at")


def seen_problems(asset: Asset, condition: str | None, at: datetime | None) -> Iterator[Problem]:
    """A sighting may be older than the register knows the thing; its condition may not."""
    return future_problems(at) if condition is None else time_problems(asset, at)


def closed_problems(asset: Asset) -> Iterator[Problem]:
    """A disposed, void or merged thing takes no further act."""
    if asset.merged_into_id:
        message = _("%(tag)s was merged into another asset; use that one.")
        yield Problem("merged", message % {"tag": asset.tag})
    elif asset.status in CLOSED:
        message = _(
            "%(tag)s is %(status)s; nothing more can be done with it. Where that is a mistake, "
            "undo it by Reopen."
        )
        if asset.status == Status.VOID:
            message = _(
                "%(tag)s is %(status)s; nothing more can be done with it. Where that is a mistake, "
                "undo it by Undo void."
            )
        words = {"tag": asset.tag, "status": Status(asset.status).words}
        yield Problem("closed", message % words)


def holder_problems(person: Person, field: str = "person") -> Iterator[Problem]:
    """Nothing is handed to somebody who left the roster, at whatever door."""
    if not person.active or person.erased_at or person.merged_into_id:
        yield Problem("person-inactive", _("This person is no longer on the roster."), field)


def room_problems(room: Room, field: str = "room", *, school: bool = True) -> Iterator[Problem]:
    """Nothing goes to a room that is out of use, or whose `school` is."""
    if not room.active or room.merged_into_id:
        yield Problem("room-inactive", _("This room is no longer in use."), field)
    elif school:
        yield from school_problems(room.school, field)


def out_problems(asset: Asset) -> Iterator[Problem]:
    """What is out to somebody is checked in before another act takes it away."""
    if asset.holder_id is not None:
        message = _("%(tag)s is out. Check it in first.")
        yield Problem("assigned", message % {"tag": asset.tag})


def hand_out_problems(asset: Asset, to: Person | None = None) -> Iterator[Problem]:
    """Why an asset cannot be handed out as it stands; `to`: the person, once that is known."""
    yield from closed_problems(asset)
    if asset.status in CLOSED:
        return
    if asset.holder_id is not None:
        message = _("%(tag)s is out to somebody else. Check it in first.")
        code = "assigned-already"
        if to is None:
            message = _("%(tag)s is out already. Check it in first.")
        elif asset.holder_id == to.pk:
            message, code = _("%(tag)s is with this person already."), "assigned-to-them"
        yield Problem(code, message % {"tag": asset.tag}, "asset")
    elif asset.status not in HAND_OUT_FROM:
        # Nobody has it, so there is nothing to check in: the button that helps is named.
        message = _(
            "%(tag)s is %(status)s and cannot be handed out. Put it in stock first by "
            "Change status."
        )
        if asset.status in ASTRAY:
            message = _(
                "%(tag)s is %(status)s and cannot be handed out. Say first by Found again that it "
                "is here."
            )
        words = {"tag": asset.tag, "status": Status(asset.status).words}
        yield Problem("not-available", message % words, "asset")


def assignment_problems(asset: Asset, to: Person, at: datetime | None = None) -> Iterator[Problem]:
    """Why an asset cannot be handed to a person."""
    yield from hand_out_problems(asset, to)
    if asset.status in CLOSED:
        return
    yield from holder_problems(to)
    yield from time_problems(asset, at)
    if at is not None and asset.holder_id is None:
        loans = Assignment.objects.were().filter(asset__in=rows_of(asset))
        if loans.filter(closed_at__gt=at).exists():
            yield Problem(
                "overlaps",
                _("Somebody else had it at that time or later. Give a time after that."),
                "at",
            )
        else:
            yield from _contradictions(asset, at)


def _was_there(asset: Asset, at: datetime) -> bool:
    # Its acquired day may have been corrected to one after its registration.
    acquired = asset.acquired_on and days.start_of_day(asset.acquired_on)
    if at >= max(asset.registered_at, acquired or asset.registered_at):
        return True
    return AssetSpan.objects.known().filter(asset=asset, valid_from__lte=at).exists()


def _contradictions(asset: Asset, at: datetime) -> Iterator[Problem]:
    """Later facts keep their word: a hand-out before them must leave them possible."""
    later = AssetSpan.objects.known().filter(asset=asset, valid_from__gt=at)
    told = False
    for span in later.in_order():
        told |= span.began("status")
        stands = span.valid_to is None or span.valid_to > span.valid_from
        if span.began("holder_id") or (told and stands and span.status not in HELD):
            if span.began("*"):
                return  # it was not there yet, which is another sentence
            message = _("%(tag)s was %(status)s after that, on %(day)s. Give a later time.")
            words = {
                "tag": asset.tag,
                "status": Status(span.status).words,
                "day": date_format(days.local_date(span.valid_from), "SHORT_DATE_FORMAT"),
            }
            yield Problem("contradicted", message % words, "at")
            return


def open_loans(assets: Sequence[Asset]) -> dict[int, Assignment]:
    """Who has each of these now, by the thing."""
    loans = Assignment.objects.filter(asset__in=[a.pk for a in assets], closed_at=None)
    return {loan.asset_id: loan for loan in loans}


def not_out_problems(assets: Sequence[Asset]) -> dict[int, list[Problem]]:
    """Why each of these cannot be checked in as it stands."""
    loans = open_loans(assets)
    return {a.pk: list(return_problems(a, loans.get(a.pk))) for a in assets}


def return_problems(
    asset: Asset, open_: Assignment | None, at: datetime | None = None
) -> Iterator[Problem]:
    """Why an asset cannot be checked in."""
    yield from closed_problems(asset)
    if asset.status in CLOSED:
        return
    if open_ is None:
        message = _("%(tag)s is not checked out to anybody.")
        yield Problem("not-assigned", message % {"tag": asset.tag}, "asset")
    elif at is not None and at < open_.opened_at:
        yield Problem(
            "before-hand-out", _("It was handed out only later than that. Give a later time."), "at"
        )
    yield from time_problems(asset, at)


def place_problems(asset: Asset, room: Room, at: datetime | None = None) -> Iterator[Problem]:
    """Why an asset cannot be put into a room."""
    yield from closed_problems(asset)
    yield from goes_problems(asset, room, at)


def goes_problems(asset: Asset, room: Room, at: datetime | None) -> Iterator[Problem]:
    """Why a thing does not go to this room, or not at that time."""
    yield from room_problems(room)
    yield from time_problems(asset, at)
