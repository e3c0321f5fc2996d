"""Why things cannot be registered as they are described."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from assets.codes.meanings import alike
from assets.codes.serials import Named, loose_serial, one_product, things_spelled_so
from assets.codes.shape import serial_problems, tag_problems
from assets.codes.taken import (
    alike_sentence,
    serial_alike_sentence,
    serial_sentence,
    taken_sentence,
)
from assets.custody.rules import holder_problems, room_problems
from assets.models import Asset, AssetCode
from assets.models.keys import code_key
from assets.models.status import CLOSED, Status
from assets.register.draft import AssetDraft
from core.access import MaybeActor
from core.problems import Problem
from core.text.alike import written_otherwise
from core.time import days
from funding.models import Unit
from funding.rules.chronology import Chronology, chronology_problems
from people.rules.places import school_problems

#: What a new thing may be; anything else only as legacy.
NEW = (Status.ORDERED, Status.RECEIVED, Status.IN_STOCK, Status.IN_USE)


@dataclass
class _Here:
    """What is in the way of new things: what is here, and the good rows of a list so far (`tags`:
    the row and the tag of each, by its key; `spelled`: each row, by what may not be lost of its
    serial number)."""

    taken: set[str]
    similar: Mapping[str, str]
    serials: set[Named]
    serials_alike: Mapping[Named, Sequence[int]]
    units: set[int]
    void: set[int]
    tags: dict[str, tuple[int, str]] = field(default_factory=dict)
    spelled: dict[str, list[tuple[int, AssetDraft]]] = field(default_factory=dict)

    def take(self, draft: AssetDraft, row: int) -> None:
        """From now on a row is in the way, too."""
        self.tags[code_key(draft.tag)] = (row, draft.tag.strip())
        self.serials.add((draft.product.pk, code_key(draft.serial)))
        if loose := loose_serial(draft.serial):
            self.spelled.setdefault(loose, []).append((row, draft))
        if draft.unit is not None:
            self.units.add(draft.unit.pk)


def registration_problems(drafts: Sequence[AssetDraft], by: MaybeActor = None) -> Iterator[Problem]:
    """Each problem names its row: `rows.3.tag`. Another thing that is in the way is named where
    `by` may see it. A row that is refused is in the way of no other."""
    keys = [code_key(d.tag) for d in drafts]
    similar = alike(k for k, d in zip(keys, drafts, strict=True) if not d.another)
    units = [d.unit.pk for d in drafts if d.unit]
    spelled = things_spelled_so((d.product, d.serial) for d in drafts if not d.another)
    here = _Here(_taken(keys), similar, _known_serials(drafts), spelled, _used(units), _void(units))
    now = days.now()
    for i, draft in enumerate(drafts):
        problems = list(_draft_problems(draft, here, now, by))
        for p in problems:
            yield replace(p, field=f"rows.{i}.{p.field}") if len(drafts) > 1 else p
        if not problems:
            here.take(draft, draft.row or i + 1)


def _draft_problems(
    draft: AssetDraft, here: _Here, now: datetime, by: MaybeActor
) -> Iterator[Problem]:
    key = code_key(draft.tag)
    if shape := list(tag_problems(draft.tag)):
        yield from shape
    else:
        taken = key in here.taken or key in here.tags
        known_tag = list(_known_tag(draft, taken, here.similar.get(key), by))
        yield from known_tag or _alike_before(draft, here.tags)
    yield from _serial_problems(draft, here, by)
    if draft.room is not None and draft.room.school_id != draft.school.pk:
        yield Problem("room-elsewhere", _("This room is in another school."), "room")
    for problem in (*draft_day_problems(draft, now), *draft_place_problems(draft)):
        yield replace(problem, field=problem.field or "tag")
    if not draft.legacy and draft.status not in NEW:
        yield Problem(
            "status-new",
            _(
                "A new item is ordered, received, in stock or in use. "
                "Mark it as from before this register."
            ),
            "status",
        )
    if draft.at is not None and draft.at > now:
        yield Problem("in-the-future", _("This cannot become true in the future."), "at")
    if draft.unit is not None and draft.unit.pk in here.units:
        yield Problem("unit-taken", _("This unit of the purchase is tagged already."), "unit")
    if draft.unit is not None and draft.unit.pk in here.void:
        yield Problem("unit-void", _("This unit was voided."), "unit")


def _serial_problems(draft: AssetDraft, here: _Here, by: MaybeActor) -> Iterator[Problem]:
    pair = (draft.product.pk, code_key(draft.serial))
    if shape := list(serial_problems(draft.serial)):
        yield from shape
    elif pair[1] and pair in here.serials:
        sentence = serial_sentence(draft.product.pk, draft.serial, by)
        yield Problem("serial-taken", sentence, "serial")
    elif others := here.serials_alike.get(pair):
        sentence = serial_alike_sentence(draft.serial, others, by)
        yield Problem("serial-alike", sentence, "serial")
    else:
        yield from _spelled_before(draft, here.spelled.get(loose_serial(draft.serial), ()))


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
    draft: AssetDraft, taken: bool, similar: str | None, by: MaybeActor
) -> Iterator[Problem]:
    """Its tag is there, or was before zeros were lost or put before it."""
    if taken:
        yield Problem("tag-taken", taken_sentence(draft.tag, by), "tag")
    elif similar:
        yield Problem("tag-alike", alike_sentence(draft.tag, similar, by), "tag")


def _alike_before(draft: AssetDraft, tags: Mapping[str, tuple[int, str]]) -> Iterator[Problem]:
    """Its tag stands in the list before it, with other zeros or signs. `tags`: the tags so far,
    each with its row."""
    rows = [tags[other] for other in written_otherwise(code_key(draft.tag)) if other in tags]
    if rows and not draft.another:
        message = _(
            "The tag %(tag)s looks like %(other)s in row %(row)s of the same list, with other "
            "zeros or signs. If it is another item, say so."
        )
        row, other = min(rows)
        words = {"tag": draft.tag.strip(), "other": other, "row": row}
        yield Problem("tag-alike", message % words, "tag")


def _spelled_before(
    draft: AssetDraft, before: Iterable[tuple[int, AssetDraft]]
) -> Iterator[Problem]:
    """Its serial number stands in the list before it, written otherwise. `before`: the rows whose
    serial number may be it."""
    product = (draft.product.make, draft.product.model)
    for row, other in before:
        if draft.another or not one_product(product, (other.product.make, other.product.model)):
            continue
        message = _(
            "The serial number %(serial)s looks like %(other)s in row %(row)s of the same list, "
            "with other zeros or signs, or O for 0. If it is another item, say so."
        )
        words = {"serial": draft.serial.strip(), "other": other.serial.strip(), "row": row}
        yield Problem("serial-alike", message % words, "serial")
        return


def _used(units: list[int]) -> set[int]:
    used: set[int] = set()
    for part in _chunks(units):
        rows = Asset.objects.filter(unit__among=part).values_list("unit_id", flat=True)
        used |= {pk for pk in rows if pk is not None}
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


def _known_serials(drafts: Sequence[AssetDraft]) -> set[Named]:
    serials = sorted({code_key(d.serial) for d in drafts} - {""})
    known: set[Named] = set()
    for part in _chunks(serials):
        rows = Asset.objects.filter(serial_key__among=part, merged_into=None).exclude(
            status=Status.VOID
        )
        known |= set(rows.values_list("product_id", "serial_key"))
    return known
