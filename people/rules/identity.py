"""Whether what is said of an id is said of the person who has it here. Ids are given away again,
and whoever gets one would get the loans and the history of the first."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

from people.models import Person, School
from people.rules.names import other_part

KINDERGARTEN = {"k", "kg", "kn", "k5", "kindergarten"}


class Said(Protocol):
    """What a row says of somebody; None for nothing."""

    @property
    def first_name(self) -> str | None: ...
    @property
    def last_name(self) -> str | None: ...
    @property
    def email(self) -> str | None: ...
    @property
    def grade(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...


class Other(NamedTuple):
    """Why it may be somebody else (`person`, or another `role`), as here and as told."""

    kind: str
    here: str
    told: str


def other_person(
    v: Said, person: Person, school: School, student: Callable[[str], bool] = lambda _title: False
) -> Other | None:
    """What shows that it may be somebody else. A last name changes, and a first name has its short
    form; where both are others, or one and what stands beside it, or who was a student is staff,
    it may. `student`: whether a title says that of somebody."""
    called = f"{v.first_name or ''} {v.last_name or ''}".strip()
    here, told = person.name, called or person.name
    first = other_part(person.first_name, v.first_name, short=True)
    last = other_part(person.last_name, v.last_name)
    if said := _other_role(v, person, student):
        return Other("role", f"{here} ({person.get_kind_display()})", f"{told} ({said})")
    if first and last:
        return Other("person", here, told)
    if (first or last) and len(beside := _beside(v, person, school)) > 1:
        here = f"{here} ({', '.join(was for was, _now in beside)})"
        return Other("person", here, f"{told} ({', '.join(now for _was, now in beside)})")
    return None


def _other_role(v: Said, person: Person, student: Callable[[str], bool]) -> str:
    """What the row says, in words, where it makes a student staff or staff a student, or says of
    one what only the other has; empty for nothing."""
    if v.kind is not None:
        return str(Person.Kind(v.kind).label) if v.kind != person.kind else ""
    staff = person.kind == Person.Kind.STAFF
    if staff and v.grade and v.grade != person.grade:
        return _("grade %s") % v.grade
    if not staff and v.title and v.title != person.title:
        return "" if student(v.title) else v.title
    return ""


def _beside(v: Said, person: Person, school: School) -> list[tuple[str, str]]:
    """What stands beside a name and is another than here: the school, a grade that does not come
    next, the e-mail. The same e-mail shows that it is one person."""
    mail = (v.email or "").lower()
    if mail and mail == person.email.lower():
        return []
    found = []
    if school.pk != person.school_id:
        found.append((str(person.school), str(school)))
    if v.grade and person.grade and not next_grade(person.grade, v.grade):
        found.append((_("grade %s") % person.grade, _("grade %s") % v.grade))
    if mail and person.email:
        found.append((person.email, v.email or ""))
    return found


def next_grade(one: str, other: str) -> bool:
    """Whether somebody of one grade may be of the other this year or the next."""
    a, b = _grade(one), _grade(other)
    if a is None or b is None:
        return one.strip().lower() == other.strip().lower()
    return 0 <= b - a <= 1


def _grade(text: str) -> int | None:
    text = text.strip().lower()
    if text.isascii() and text.isdecimal():
        return int(text)
    return 0 if text in KINDERGARTEN else None
