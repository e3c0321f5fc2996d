"""Rooms and people of the demonstration."""

import random
from collections.abc import Iterator

from core.access import SYSTEM
from demonstration.plan.names import FIRST, LAST, STAFF_TITLES
from demonstration.plan.places import SchoolPlan, rooms_of
from people.actions.places import change_room, create_room
from people.actions.roster import PersonDraft, save_people
from people.models import Person, Room, School


def add_rooms(plan: SchoolPlan) -> None:
    """The rooms of one school."""
    school = School.objects.get(code=plan.code)
    for code, name in rooms_of(plan):
        create_room(school, code, by=SYSTEM, name=name)


def add_people(plan: SchoolPlan, rng: random.Random) -> None:
    """Staff and students of one school; each teacher keeps a classroom."""
    school = School.objects.get(code=plan.code)
    save_people(list(_people(plan, school, rng)), by=SYSTEM)
    teachers = Person.objects.filter(school=school, title="Teacher").order_by("pk")
    for room, teacher in zip(
        Room.objects.filter(school=school).order_by("pk"), teachers, strict=False
    ):
        change_room(room, by=SYSTEM, custodian=teacher)


def _people(plan: SchoolPlan, school: School, rng: random.Random) -> Iterator[PersonDraft]:
    base = 1000 * (1 + int(plan.entity_number[-2:]) - 10)
    for i in range(plan.staff):
        first, last = rng.choice(FIRST), rng.choice(LAST)
        title = STAFF_TITLES[i % len(STAFF_TITLES)]
        yield PersonDraft(
            kind="staff",
            local_id=f"E{base + i}",
            first_name=first,
            last_name=last,
            title=title,
            school=school,
            email=f"{first}.{last}.{base + i}@demo.example".lower(),
        )
    for i in range(plan.students):
        yield PersonDraft(
            kind="student",
            local_id=f"{300_000 + base * 10 + i}",
            first_name=rng.choice(FIRST),
            last_name=rng.choice(LAST),
            grade=plan.grades[i % len(plan.grades)],
            school=school,
        )
