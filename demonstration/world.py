"""What the steps of the demonstration look things up in."""

import random
from collections.abc import Iterable
from functools import cached_property

from assets.models import Asset
from demonstration.plan.awards import awards
from demonstration.plan.days import Year
from funding.models import Award
from people.models import Person, Room, School, User

SEED = 20260823
CHUNK = 300  # things in one act: short enough that a page waiting to write hardly notices


class World:
    """The district as the steps see it: users, schools, rooms and awards by name."""

    def __init__(self, year: Year | None = None) -> None:
        self.year = year or Year.told()

    def rng(self, key: str) -> random.Random:
        """A generator of its own for each step, so that a resumed run draws the same."""
        return random.Random(f"{SEED}:{key}")  # noqa: S311 - a story, not a secret

    @cached_property
    def _users(self) -> dict[str, User]:
        return {
            u.email.partition("@")[0]: u
            for u in User.objects.filter(email__endswith="@demo.example")
        }

    def user(self, name: str) -> User:
        """A log-in by the part before the @."""
        return self._users[name]

    @cached_property
    def schools(self) -> dict[str, School]:
        return {s.code: s for s in School.objects.all()}

    @cached_property
    def rooms(self) -> dict[tuple[str, str], Room]:
        """Rooms by (school code, room code)."""
        return {
            (r.school.code, r.code): r for r in Room.objects.select_related("school").order_by("pk")
        }

    def classrooms(self, school: str) -> list[Room]:
        return [r for (code, room), r in self.rooms.items() if code == school and room[0].isdigit()]

    @cached_property
    def awards(self) -> dict[str, Award]:
        """Awards by the key of plan.awards."""
        by_name = {a.name: a for a in Award.objects.select_related("program")}
        return {key: by_name[v["name"]] for key, v in awards(self.year.start).items()}

    def assets_of(self, po: str) -> list[Asset]:
        """The things of a purchase, in tag order, as they stand now."""
        return list(Asset.objects.filter(unit__line__purchase__number=po).order_by("tag_key"))

    def students(self, school: str, *grades: str) -> list[Person]:
        """Active students of a school, of these grades or of all."""
        rows = Person.objects.filter(
            school=self.schools[school], kind=Person.Kind.STUDENT, active=True
        ).order_by("pk")
        return [p for p in rows if not grades or p.grade in grades]


def chunks(items: Iterable[Asset], size: int = CHUNK) -> Iterable[list[Asset]]:
    """Lists of at most `size`."""
    part: list[Asset] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
