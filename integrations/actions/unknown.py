"""Names and words that a file uses and nobody knows: made, or mapped to what is known, once for
the file and for the next of its source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from assets.actions import create_category
from assets.models import Category
from core.access import Actor, may, require
from core.db.constraints import taken
from core.problems import Invalid, NotPermitted, Problem, ProblemError, Refused
from core.text.bare import bare
from funding.actions import create_award
from funding.models import Award, Program
from integrations import eyes
from integrations.actions.memory import remember
from integrations.actions.plan import opened, plan_import
from integrations.kinds import KINDS
from integrations.kinds.places.rows import cut_code
from integrations.kinds.rows.unknown import RoomNamed, read_name, read_names
from integrations.models import ImportSession
from integrations.words import WordList, fold_name
from people.actions import create_room, create_rooms, create_school
from people.models import Room, School

#: What can be unknown, and the permission that making one needs; a program is made on its page.
PERMISSIONS = {
    "school": "people.change_school",
    "room": "people.change_room",
    "category": "assets.change_catalog",
    "award": "funding.change_award",
    "program": "",
}


@dataclass(frozen=True)
class Choice:
    """What one unknown name is: `create` makes it (an award under the program `pk`), `map` says
    that it is what is known under the key `pk`, `word` that it means the choice `word`, `ask` that
    it is to be asked for again."""

    kind: str
    name: str
    act: str
    pk: int | None = None
    word: str = ""


def words_of(session: ImportSession, kind: str) -> WordList | None:
    """The closed list of an enumerated column; None for what is no word but a name."""
    return next((f.words for f in KINDS[session.kind].fields if f.name == kind), None)


def creatable(session: ImportSession, by: Actor) -> Iterator[tuple[str, str]]:
    """The unknown names (kind, name) that `by` may make without saying more. One that is spelled
    nearly as something known, or is several of these, is asked instead, and one without letter
    and digit (?) is no name."""
    for kind, names in read_names(session.unknown).items():
        if kind == "award" or not PERMISSIONS.get(kind):
            continue
        near = (
            {fold_name(kind, str(row)) for row in known(kind, None, by)} if kind != "room" else ()
        )
        for name, named in names.items():
            said = name if named.room is None else named.room.code
            if not any(map(str.isalnum, said)) or (kind == "school" and _several(name, by)):
                continue
            school = School(pk=named.room.school) if named.room is not None else None
            if may(by, PERMISSIONS[kind], school) and fold_name(kind, name) not in near:
                yield kind, name


def _several(name: str, by: Actor) -> bool:
    """Whether a name is those of several schools, which are here, in one cell."""
    parts = [bare(part) for part in re.split(r"[;/|&+\n]|,| and ", name) if part.strip()]
    pairs = School.objects.visible_to(by).values_list("code", "name") if len(parts) > 1 else ()
    return bool(pairs) and {*parts} <= {bare(text) for pair in pairs for text in pair}


def known(kind: str, school: int | None, by: Actor) -> models.QuerySet[Any]:
    """What an unknown name can be mapped to; a room's to one of its school (by its key)."""
    if kind == "room":
        rooms = Room.objects.visible_to(by).filter(merged_into=None, active=True)
        return rooms.filter(school=school).order_by("building", "code")
    if kind == "school":
        return School.objects.visible_to(by).filter(active=True)
    if kind == "award":
        return Award.objects.visible_to(by)
    return Program.objects.all() if kind == "program" else Category.objects.all()


def settle_unknown(
    session: ImportSession, choices: Sequence[Choice], *, by: Actor, seen: str | None = None
) -> ImportSession:
    """Make or map unknown names and plan again. What is refused is kept beside its name with the
    sentence why, and the rest is done. What was mapped is remembered for the source."""
    with transaction.atomic():
        session = opened(session, by, seen)
        mapped = {kind: dict(keys) for kind, keys in session.said.mapped.items()}
        old = {kind: list(keys) for kind, keys in session.said.remembered.items()}
        rooms = _rooms(session, choices, by)
        said: dict[str, dict[str, Any]] = {}
        refused: dict[str, dict[str, str]] = {}
        for choice in choices:
            key = fold_name(choice.kind, choice.name)
            try:
                meaning = rooms.get(choice) or _settle(session, choice, by)
            except NotPermitted:
                raise  # nothing that the page offered
            except ProblemError as error:
                refused.setdefault(choice.kind, {})[key] = str(error)
                continue
            if meaning is _GONE:
                continue
            if choice.act != "create":
                said.setdefault(choice.kind, {})[key] = meaning
            if choice.kind in old and key in old[choice.kind]:
                old[choice.kind].remove(key)
            mapped.setdefault(choice.kind, {})[key] = meaning
        if said:
            remember(session, by=by, words=said)
        mapped = {
            k: {w: m for w, m in words.items() if m is not None} for k, words in mapped.items()
        }
        kept = replace(session.said, mapped=mapped, remembered=old)
        session.say(replace(kept, refused=refused, refused_eyes=eyes.eyes_of(by)))
        session.save(update_fields=["options"])
    return plan_import(session, by=by)


_GONE = object()


def _rooms(session: ImportSession, choices: Sequence[Choice], by: Actor) -> dict[Choice, int]:
    """The keys of all rooms to make, made together: a file may name a thousand. None where one of
    them is refused: then each is tried by itself."""
    asked = [c for c in choices if (c.kind, c.act) == ("room", "create")]
    named = read_names(session.unknown).get("room", {})
    wanted = [(c, room) for c in asked if c.name in named and (room := named[c.name].room)]
    schools = School.objects.visible_to(by).in_bulk({room.school for _c, room in wanted})
    try:
        with transaction.atomic():
            made = create_rooms(
                [(schools[room.school], room.building, room.code) for _c, room in wanted],
                by=by,
            )
    except (Refused, IntegrityError):
        return {}
    return {choice: room.pk for (choice, _named), room in zip(wanted, made, strict=True)}


def _settle(session: ImportSession, choice: Choice, by: Actor) -> Any:
    """Do one choice by itself; what the name means from now on (None: it is asked for again).
    Raises ProblemError with the reason why not; `_GONE` where another window settled it."""
    words = words_of(session, choice.kind)
    named = read_name(session.unknown, choice.kind, choice.name)
    settled = read_name(session.words, choice.kind, choice.name)
    if (named is None and settled is None) or (named is None and choice.act == "create"):
        return _GONE
    if choice.act == "ask":
        return None
    if words is not None:
        if choice.act != "word" or not words.allows(choice.word):
            raise Invalid(Problem("unknown", _("Choose what %s means.") % choice.name, "choice"))
        return choice.word
    if choice.act == "map":
        room = named.room if named is not None else None
        there = known(choice.kind, room.school if room is not None else None, by)
        if not there.filter(pk=choice.pk or 0).exists():
            raise Invalid(Problem("unknown", _("Choose what %s is.") % choice.name, "choice"))
        return choice.pk
    try:
        with transaction.atomic():  # one that cannot be made leaves the others
            return _create(choice, named.room if named is not None else None, by).pk
    except IntegrityError as error:
        # Somebody makes the same at this moment: it is there when the rows are planned again.
        if (problem := taken(error)) is None:
            raise
        raise Refused(problem) from None


def _create(choice: Choice, room: RoomNamed | None, by: Actor) -> models.Model:
    if choice.kind == "school":
        return _create_school(choice.name, by)
    if choice.kind == "category":
        return create_category(choice.name, by=by)
    if room is not None:
        school = School.objects.visible_to(by).get(pk=room.school)
        return create_room(school, room.code, by=by, building=room.building)
    program = Program.objects.filter(pk=choice.pk or 0).first() if choice.kind == "award" else None
    if program is None:
        message = _("Choose the program of the award %s.") % choice.name
        raise Invalid(Problem("unknown", message, "choice"))
    require(by, PERMISSIONS["award"])
    return create_award(by=by, program=program, name=choice.name)


def _create_school(name: str, by: Actor) -> School:
    """A school of this name; of a name that is too long for a code, the code is what fits."""
    code = cut_code(name)
    there = School.objects.filter(code__iexact=code).exclude(name__iexact=name).first()
    if code != name and there is not None:
        message = _(
            "%(code)s, as much of its name as fits a code, is the code of %(school)s. Make it on "
            "the page of the schools with a code of its own, then say here that it is that one."
        )
        words = {"code": code, "school": there.name}
        raise Refused(Problem("school-code-cut", message % words, "choice"))
    return create_school(code, name, by=by)


def create_unknown(session: ImportSession, *, by: Actor, seen: str | None = None) -> ImportSession:
    """Make every unknown school, room and category that `by` may make; what cannot be made is said
    beside its name. Rooms of a school that is made here are found unknown only then, so it looks
    twice; a large file is planned by a Run, and its rooms wait for the second time that this is
    asked for."""
    tried: set[tuple[str, str]] = set()
    for _round in range(2):
        names = [pair for pair in creatable(session, by) if pair not in tried]
        if not names:
            break
        refused = session.said.refused if tried else {}
        tried |= set(names)
        choices = [Choice(kind, n, "create") for kind, n in names]
        session = settle_unknown(session, choices, by=by, seen=seen)
        seen = None  # the first round planned it anew itself
        session = _also_refused(session, refused, by)
        if session.planning:
            break
    return session


def _also_refused(session: ImportSession, before: dict[str, Any], by: Actor) -> ImportSession:
    """The reasons of the first round stay beside those of the second."""
    if before and not session.planning:
        with transaction.atomic():
            session = opened(session, by)
            now = session.said.refused
            refused = {k: {**before.get(k, {}), **now.get(k, {})} for k in {*before, *now}}
            session.say(replace(session.said, refused=refused, refused_eyes=eyes.eyes_of(by)))
            session.save(update_fields=["options"])
    return session
