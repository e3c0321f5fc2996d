"""Why things cannot be registered as they are described."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from assets.codes.meanings import alike
from assets.codes.taken import alike_sentence, serial_sentence, taken_sentence
from assets.custody.rules import holder_problems, room_problems, school_problems
from assets.models import Asset, AssetCode
from assets.models.keys import code_key
from assets.models.status import CLOSED, Status
from assets.register.draft import AssetDraft
from core.access import MaybeActor
from core.problems import Problem
from core.text.alike import written_otherwise
from core.text.lines import control_problems, is_seen, unseen_problems
from core.time import days
from funding.models import Unit
from funding.rules.chronology import Chronology, chronology_problems

#: What a new thing may be; anything else only as legacy.
NEW = (Status.ORDERED, Status.RECEIVED, Status.IN_STOCK, Status.IN_USE)


def registration_problems(drafts: Sequence[AssetDraft], by: MaybeActor = None) -> Iterator[Problem]:
    """Each problem names its row: `rows.3.tag`. Another thing that is in the way is named where
    `by` may see it."""
    tags: dict[str, int] = {}
    serials: dict[tuple[int, str], int] = {}
    keys = [code_key(d.tag) for d in drafts]
    taken = _taken(keys)
    similar = alike(k for k, d in zip(keys, drafts, strict=True) if not d.another)
    known = _known_serials(drafts)
    now = days.now()
    units = [d.unit.pk for d in drafts if d.unit]
    used, void = _used(units), _void(units)
    for i, draft in enumerate(drafts):

        def at(field: str, row: int = i) -> str:
            return f"rows.{row}.{field}" if len(drafts) > 1 else field

        key = keys[i]
        if not key:
            yield Problem("tag-missing", _("Give it a tag."), at("tag"))
        elif len(key) > 64 or not key.isprintable() or not is_seen(key):
            yield Problem("tag-shape", _("A tag has at most 64 printable characters."), at("tag"))
        else:
            known_tag = list(
                _known_tag(draft, key in taken or key in tags, similar.get(key), by, at("tag"))
            )
            yield from known_tag or _alike_before(draft, drafts, tags, at("tag"))
        tags[key] = i
        serial = code_key(draft.serial)
        pair = (draft.product.pk, serial)
        for problem in _serial_problems(draft, pair in known or pair in serials, by):
            yield replace(problem, field=at("serial"))
        serials[pair] = i
        if draft.room is not None and draft.room.school_id != draft.school.pk:
            yield Problem("room-elsewhere", _("This room is in another school."), at("room"))
        for problem in (*draft_day_problems(draft, now), *draft_place_problems(draft)):
            yield replace(problem, field=at(problem.field or "tag"))
        if not draft.legacy and draft.status not in NEW:
            yield Problem(
                "status-new",
                _(
                    "A new thing is ordered, received, in stock or in use. "
                    "Mark it as from before this register."
                ),
                at("status"),
            )
        if draft.at is not None and draft.at > now:
            yield Problem("in-the-future", _("This cannot become true in the future."), at("at"))
        if draft.unit is not None and draft.unit.pk in used:
            message = _("This unit of the purchase is tagged already.")
            yield Problem("unit-taken", message, at("unit"))
        if draft.unit is not None and draft.unit.pk in void:
            yield Problem("unit-void", _("This unit was voided."), at("unit"))


def _serial_problems(draft: AssetDraft, taken: bool, by: MaybeActor) -> Iterator[Problem]:
    if len(code_key(draft.serial)) > 128:
        message = _("A serial number has at most 128 characters.")
        yield Problem("serial-shape", message, "serial")
    yield from control_problems(draft.serial, "serial")
    if draft.serial.strip():
        yield from unseen_problems(draft.serial, "serial")
    if code_key(draft.serial) and taken:
        sentence = serial_sentence(draft.product.pk, draft.serial, by)
        yield Problem("serial-taken", sentence, "serial")


def draft_day_problems(draft: AssetDraft, now: datetime) -> Iterator[Problem]:
    """Whether the days of a new thing are in their order."""
    unit, status = draft.unit, draft.status
    # What is registered as of a time stood on a list of that day.
    listed_on = draft.listed_on or (draft.at and days.local_date(draft.at))
    received = draft.received_on
    if unit is not None:
        received = unit.received_on if unit.listed_on is None else None
    yield from chronology_problems(
        Chronology(
            today=days.local_date(now),
            acquired_on=draft.acquired_on,
            received_on=received,
            seen_on=draft.last_verified_on,
            loaned_on=draft.loaned_on,
            status_on=draft.status_on,
            disposed_on=draft.disposed_on,
            listed_on=listed_on,
        )
    )
    if draft.disposed_on is not None and status != Status.DISPOSED:
        message = _("A day of disposal belongs to what is disposed.")
        yield Problem("not-disposed", message, "disposed_on")
    if draft.loaned_on is not None and draft.holder is None:
        message = _("It was handed out on a day, and the person is missing.")
        yield Problem("person-missing", message, "loaned_on")
    befell = status not in (Status.IN_USE, Status.IN_STOCK, Status.RECEIVED, Status.ORDERED)
    befell_on = draft.status_on or draft.disposed_on or listed_on
    if befell and befell_on and draft.loaned_on and befell_on < draft.loaned_on:
        message = _("It was handed out after it was %(status)s.")
        yield Problem("loaned-after", message % {"status": Status(status).words}, "loaned_on")


def draft_place_problems(draft: AssetDraft) -> Iterator[Problem]:
    """A new thing goes to no school or room that is out of use, and to nobody who left; what had
    left itself by then may have been there."""
    if draft.status in CLOSED:
        return
    yield from school_problems(draft.school)
    if draft.room is not None:
        yield from room_problems(draft.room, school=False)
    if draft.home_room is not None:
        yield from room_problems(draft.home_room, "home_room", school=False)
    if draft.holder is not None:
        yield from holder_problems(draft.holder, "holder")


def _known_tag(
    draft: AssetDraft, taken: bool, similar: str | None, by: MaybeActor, field: str
) -> Iterator[Problem]:
    """Its tag is there, or was before zeros were lost or put before it."""
    if taken:
        yield Problem("tag-taken", taken_sentence(draft.tag, by), field)
    elif similar:
        yield Problem("tag-alike", alike_sentence(draft.tag, similar, by), field)


def _alike_before(
    draft: AssetDraft, drafts: Sequence[AssetDraft], tags: dict[str, int], field: str
) -> Iterator[Problem]:
    """Its tag stands in the list before it, with other zeros or signs. `tags`: the tags so far,
    each with its row."""
    rows = [tags[other] for other in written_otherwise(code_key(draft.tag)) if other in tags]
    if rows and not draft.another:
        message = _(
            "The tag %(tag)s looks like %(other)s in row %(row)s of the same list, with other "
            "zeros or signs. If it is another thing, say so."
        )
        other = drafts[min(rows)].tag.strip()
        words = {"tag": draft.tag.strip(), "other": other, "row": min(rows) + 1}
        yield Problem("tag-alike", message % words, field)


def _used(units: list[int]) -> set[int | None]:
    used: set[int | None] = {unit for unit, times in Counter(units).items() if times > 1}
    for part in _chunks(units):
        used |= set(Asset.objects.filter(unit__among=part).values_list("unit_id", flat=True))
    return used


def _void(units: list[int]) -> set[int]:
    void: set[int] = set()
    for part in _chunks(units):
        rows = Unit.objects.filter(pk__among=part).exclude(voided_at=None)
        void |= set(rows.values_list("pk", flat=True))
    return void


def _chunks(values: list[Any], size: int = 500) -> Iterator[list[Any]]:
    for i in range(0, len(values), size):
        yield values[i : i + size]


def _taken(keys: list[str]) -> set[str]:
    taken: set[str] = set()
    for part in _chunks(keys):
        taken |= set(Asset.objects.filter(tag_key__among=part).values_list("tag_key", flat=True))
        taken |= set(AssetCode.objects.filter(key__among=part).values_list("key", flat=True))
    return taken


def _known_serials(drafts: Sequence[AssetDraft]) -> set[tuple[int, str]]:
    serials = sorted({code_key(d.serial) for d in drafts} - {""})
    known: set[tuple[int, str]] = set()
    for part in _chunks(serials):
        rows = Asset.objects.filter(serial_key__among=part, merged_into=None).exclude(
            status=Status.VOID
        )
        known |= set(rows.values_list("product_id", "serial_key"))
    return known
