"""An act that was a mistake is taken back: the thing stands again as it stood before it."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets import state
from assets.custody import rules
from assets.custody.holders import holders
from assets.many import of_rows
from assets.mistakes.opposites import loans, require_opposites
from assets.mistakes.standing import Standing
from assets.models import Asset, AssetSpan, Assignment
from assets.models.status import CLOSED
from assets.register.acquired import began_by_unit, paid_as_it_was_there
from core.access import Actor
from core.db.statements import insert, together
from core.journal.writing import touched
from core.problems import Problem, refuse_if
from core.time import days
from core.two_times import retold
from people.models import Person, Room, School
from people.rules.places import school_problems

Pair = tuple[Asset, Standing]
#: By thing the spans that stand again, in their order; the last is open.
Past = Mapping[int, Sequence[AssetSpan]]
FROM_NOW: Past = MappingProxyType({})


def put_back(asset: Asset, was: Standing, *, by: Actor, reason: str = "") -> Asset:
    """`put_back_assets` for one."""
    return put_back_assets([(asset, was)], by=by, reason=reason)[0]


def put_back_assets(
    pairs: Sequence[Pair], *, by: Actor, reason: str = "", past: Past = FROM_NOW
) -> list[Asset]:
    """Let things stand as they stood before an act: status, place, holder with the day that the
    loan was due, and school. From now on, all or none; what was so meanwhile stays in the history.
    `past`: of which things every day is as it was known before, too; what was believed meanwhile
    stays askable by when it was known. For undo alone: the caller knows that nobody acted on them
    since. Problems name their row.

    Needs what the opposite acts need: to check in, to hand out, to move, to change the status, to
    correct the school; also for what stood so on days of the `past` alone; and where a thing goes
    to another school, there too. Refused where its room, school or person is gone meanwhile.
    Raises DoesNotExist outside your schools."""
    with transaction.atomic():
        wanted = {asset.pk: was for asset, was in pairs}
        # Somebody may act on one of them at another desk: one of us waits for the other.
        rows = list(Asset.objects.visible_to(by).filter(pk__in=wanted).locked())
        if len(rows) < len(wanted):
            raise Asset.DoesNotExist
        was = _as_it_was(rows, wanted, past)
        both = [(a, wanted[a.pk]) for a in rows if a.pk in was or _differs(a, wanted[a.pk])]
        require_opposites(both, {pk: past[pk] for pk in was}, by)
        order = {asset.pk: i for i, (asset, _was) in enumerate(pairs)}
        gone = _Gone(both, by)
        refuse_if(
            of_rows(((order[a.pk], gone.problems(a, stood)) for a, stood in both), len(pairs) > 1)
        )
        bought = {a.unit_id: a for a in rows if a.pk in was and a.unit_id}
        had = began_by_unit(list(bought.values()))
        _write(both, was, by, reason)
        begins = began_by_unit(list(bought.values()))
        if moved := [a for pk, a in bought.items() if begins[pk] != had[pk]]:
            paid_as_it_was_there(moved, by=by, before=had)
    return rows


def _as_it_was(
    rows: Sequence[Asset], wanted: Mapping[int, Standing], past: Past
) -> dict[int, Sequence[tuple[AssetSpan, dict[str, Any]]]]:
    """By thing the days that stand again, each span with its state. None where something else than
    its standing is another today (what pays for it is put back otherwise): its days stay."""
    found: dict[int, Sequence[tuple[AssetSpan, dict[str, Any]]]] = {}
    for asset in rows:
        kept = past.get(asset.pk, ())
        states = [{f: getattr(span, f) for f in AssetSpan.fields} for span in kept]
        here = {f: getattr(asset, f) for f in AssetSpan.fields} | wanted[asset.pk].state()
        if states and states[-1] == here:
            found[asset.pk] = list(zip(kept, states, strict=True))
    return found


def _differs(asset: Asset, was: Standing) -> bool:
    return was.state() != Standing.of(asset).state()


class _Gone:
    """Rooms, schools, people and containers that a thing may not go back to."""

    def __init__(self, both: Sequence[Pair], by: Actor) -> None:
        rooms = {was.room_id for a, was in both if was.room_id != a.room_id} - {None}
        schools = {was.school_id for a, was in both if was.school_id != a.school_id}
        boxes = {was.container_id for a, was in both if was.container_id != a.container_id} - {None}
        people = {
            pk
            for a, was in both
            for pk in (was.holder_id, was.person_id)
            if pk and pk not in (a.holder_id, a.person_id)
        }
        self.people: dict[int, Person] = holders(people, by) if people else {}
        self.rooms: dict[int, Room] = {}
        if rooms:
            seen = Room.objects.visible_to(by).select_related("school")
            self.rooms = seen.in_bulk([pk for pk in rooms if pk])
            if len(self.rooms) < len(rooms):
                raise Room.DoesNotExist
        self.schools = School.objects.in_bulk(schools) if schools else {}
        self.boxes = Asset.objects.in_bulk([pk for pk in boxes if pk]) if boxes else {}

    def problems(self, asset: Asset, was: Standing) -> Iterator[Problem]:
        yield from rules.closed_problems(asset)
        if was.status in CLOSED:
            message = _("This is an act of its own: dispose of it, or void it.")
            yield Problem("dispose-instead", message, "status")
        room = self.rooms.get(was.room_id or 0)
        if room is not None:
            yield from rules.room_problems(room)
        elif school := self.schools.get(was.school_id):
            yield from school_problems(school)
        for pk in {was.holder_id, was.person_id}:
            if person := self.people.get(pk or 0):
                yield from rules.holder_problems(person)
        if box := self.boxes.get(was.container_id or 0):
            yield from rules.closed_problems(box)


def _write(both: Sequence[Pair], past: Mapping[int, Any], by: Actor, reason: str) -> None:
    if not both:
        return
    now = days.now()
    ending = [a.pk for a, was in both if loans(a, was)[0]]
    open_ = Assignment.objects.filter(asset__in=ending, closed_at=None) if ending else ()
    ended = {x.asset_id: x for x in open_}
    ends = {"closed_at": (None, now), "closed_by_id": (None, by.pk)}
    opened = {
        a.pk: Assignment(
            asset=a,
            number=a.version + 1,
            person_id=was.holder_id,
            opened_at=now,
            due_on=was.due_on,
            opened_by_id=by.pk,
        )
        for a, was in both
        if was.holder_id and loans(a, was)[1]
    }
    if ended:
        Assignment.objects.filter(pk__in=[x.pk for x in ended.values()]).update(
            closed_at=now, closed_by_id=by.pk
        )
    changes = []
    for asset, was in both:
        told = {f: v for f, v in was.state().items() if v != getattr(asset, f)}
        loan, new = ended.get(asset.pk), opened.get(asset.pk)
        changes.append(
            state.StateChange(
                asset,
                told,
                {"reason": reason} if reason else {},
                rows=[new] if new else [],
                touched=[touched(loan, **ends)] if loan else [],
            )
        )
    write = retold.after_all(AssetSpan, past)
    with together():
        insert(list(opened.values()))
        state.change_many(changes, kind="asset.put_back", by=by, now=now, write=write)
