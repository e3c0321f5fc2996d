"""Schools and rooms."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import EntryDraft, changed, record, record_many, save_changes
from core.problems import Problem, fresh, refuse_if
from people.models import Person, Room, School
from people.rules.commands import command_problems
from people.rules.erasing import erased_problems
from people.rules.places import new_there_problems


def create_school(code: str, name: str, *, by: Actor, **values: Any) -> School:
    """Add a school or other site. Raises Refused where the code is taken."""
    with transaction.atomic():
        require(by, "people.change_school")
        refuse_if(_school_problems(code, name, None))
        school = School.objects.create(code=code.strip(), name=name.strip(), **values)
        record("school.created", school, by=by, school_id=school.pk, created=True)
    return school


def change_school(
    school: School, *, by: Actor, version: int | None = None, **values: Any
) -> School:
    """Change a school's facts. Raises Stale where somebody changed it since `version`."""
    with transaction.atomic():
        # Two may have its page open: the second waits, and is told what became another since.
        school = School.objects.visible_to(by).for_change(school.pk)
        require(by, "people.change_school", school)
        fresh(school, version)
        changes = changed(school, **values)
        refuse_if(_school_problems(school.code, school.name, school))
        if changes:
            school.version += 1
            save_changes(school, [*changes, "version"])
            record("school.changed", school, by=by, school_id=school.pk, changes=changes)
    return school


def _school_problems(code: str, name: str, school: School | None) -> list[Problem]:
    problems = []
    others = School.objects.exclude(pk=school.pk if school else 0)
    if not code.strip():
        problems.append(Problem("code-missing", _("Give the school a code."), "code"))
    elif others.filter(code__iexact=code.strip()).exists():
        problems.append(
            Problem(
                "school-code-taken",
                _("There is a school with this code already: give another."),
                "code",
            )
        )
    if not name.strip():
        problems.append(Problem("name-missing", _("Give the school a name."), "name"))
    return problems


def _room_taken(school: School, building: str, code: str) -> Problem:
    message = _("%(school)s has the room %(room)s already: give another number or building.")
    words = {"school": school.name, "room": f"{building} {code}".strip()}
    return Problem("room-code-taken", message % words, "code")


def _custodian_problems(custodian: Person | None, stands: int | None = None) -> Iterator[Problem]:
    """Nobody who left, was merged or erased comes to answer for a room; who `stands` there and left
    since goes on. It may happen this moment: that waits for us, or we see it."""
    if custodian is None or custodian.pk == stands:
        return
    for person in Person.objects.filter(pk=custodian.pk).staying():
        if problems := list(erased_problems(person)):
            yield from problems
        elif not person.active or person.merged_into_id:
            message = _("This person is no longer on the roster: name somebody who is.")
            yield Problem("person-inactive", message, "custodian")


def create_room(school: School, code: str, *, by: Actor, building: str = "", **values: Any) -> Room:
    """Add a room. Raises Refused where the school has it already."""
    return create_rooms([(school, building, code)], by=by, **values)[0]


def create_rooms(
    wanted: Sequence[tuple[School, str, str]], *, by: Actor, **values: Any
) -> list[Room]:
    """Add many rooms (school, building, code), all or none."""
    with transaction.atomic():
        for school in {s.pk: s for s, _b, _c in wanted}.values():
            School.objects.visible_to(by).get(pk=school.pk)
            require(by, "people.change_room", school)
        refuse_if(new_there_problems(school for school, _b, _c in wanted))
        refuse_if(_custodian_problems(values.get("custodian")))
        taken = {
            (r.school_id, r.building.lower(), r.code.lower())
            for r in Room.objects.filter(school__in={s.pk for s, _b, _c in wanted})
        }
        problems = []
        for school, building, code in wanted:
            key = (school.pk, building.strip().lower(), code.strip().lower())
            if not code.strip():
                problems.append(
                    Problem("room-missing", _("Give the room a number or name."), "code")
                )
            elif key in taken:
                problems.append(_room_taken(school, building, code))
            else:
                problems += command_problems(code, "code")
            taken.add(key)
        refuse_if(problems)
        rooms = Room.objects.bulk_create(
            [Room(school=s, building=b.strip(), code=c.strip(), **values) for s, b, c in wanted]
        )
        record_many(
            EntryDraft("room.created", r, by, school_id=r.school_id, created=True) for r in rooms
        )
    return rooms


def change_room(room: Room, *, by: Actor, version: int | None = None, **values: Any) -> Room:
    """Change a room's facts or custodian. Raises Stale, or Refused where the code is taken."""
    with transaction.atomic():
        # Two may have its page open: the second waits, and is told what became another since.
        room = Room.objects.visible_to(by).for_change(room.pk)
        require(by, "people.change_room", room)
        fresh(room, version)
        if values.get("active") and not room.active:
            refuse_if(new_there_problems([room.school], "active"))
        refuse_if(_custodian_problems(values.get("custodian"), room.custodian_id))
        changes = changed(room, **values)
        same = Room.objects.filter(
            school=room.school_id, building__iexact=room.building, code__iexact=room.code
        ).exclude(pk=room.pk)
        if same.exists():
            refuse_if([_room_taken(room.school, room.building, room.code)])
        if "code" in changes:
            refuse_if(command_problems(room.code, "code"))
        if changes:
            room.version += 1
            save_changes(room, [*changes, "version"])
            record("room.changed", room, by=by, changes=changes)
    return room
