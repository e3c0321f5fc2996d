"""Names and words that a file uses and nobody knows: made, or mapped to what is known, once for
the file and for the next of its source."""

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
from funding.actions import create_award
from funding.models import Award, Program
from integrations.actions.memory import remember
from integrations.actions.plan import opened, plan_import
from integrations.kinds import KINDS
from integrations.kinds.school_rows import cut_code
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
    nearly as something known is asked instead."""
    for kind, names in session.unknown.items():
        if kind == "award" or not PERMISSIONS.get(kind):
            continue
        near = {fold_name(kind, str(row)) for row in known(kind, {}, by)} if kind != "room" else ()
        for name, parts in names.items():
            school = School(pk=parts["school"]) if kind == "room" else None
            if may(by, PERMISSIONS[kind], school) and fold_name(kind, name) not in near:
                yield kind, name


def known(kind: str, parts: dict[str, Any], by: Actor) -> models.QuerySet[Any]:
    """What an unknown name can be mapped to."""
    if kind == "room":
        rooms = Room.objects.visible_to(by).filter(merged_into=None, active=True)
        return rooms.filter(school=parts.get("school")).order_by("building", "code")
    if kind == "school":
        return School.objects.visible_to(by).filter(active=True)
    if kind == "award":
        return Award.objects.visible_to(by)
    return Program.objects.all() if kind == "program" else Category.objects.all()


def settle_unknown(
    session: ImportSession, choices: Sequence[Choice], *, by: Actor
) -> ImportSession:
    """Make or map unknown names and plan again. What is refused is kept beside its name with the
    sentence why, and the rest is done. What was mapped is remembered for the source."""
    with transaction.atomic():
        session = opened(session, by)
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
        session.say(replace(session.said, mapped=mapped, remembered=old, refused=refused))
        session.save(update_fields=["options"])
    return plan_import(session, by=by)


_GONE = object()


def _rooms(session: ImportSession, choices: Sequence[Choice], by: Actor) -> dict[Choice, int]:
    """The keys of all rooms to make, made together: a file may name a thousand. None where one of
    them is refused: then each is tried by itself."""
    asked = [c for c in choices if (c.kind, c.act) == ("room", "create")]
    parts = session.unknown.get("room", {})
    wanted = [c for c in asked if c.name in parts]
    schools = School.objects.visible_to(by).in_bulk({parts[c.name]["school"] for c in wanted})
    try:
        with transaction.atomic():
            made = create_rooms(
                [
                    (schools[p["school"]], p["building"], p["code"])
                    for p in (parts[c.name] for c in wanted)
                ],
                by=by,
            )
    except (Refused, IntegrityError):
        return {}
    return {choice: room.pk for choice, room in zip(wanted, made, strict=True)}


def _settle(session: ImportSession, choice: Choice, by: Actor) -> Any:
    """Do one choice by itself; what the name means from now on (None: it is asked for again).
    Raises ProblemError with the reason why not; `_GONE` where another window settled it."""
    words = words_of(session, choice.kind)
    parts = session.unknown.get(choice.kind, {}).get(choice.name)
    settled = session.words.get(choice.kind, {}).get(choice.name)
    if (parts is None and settled is None) or (parts is None and choice.act == "create"):
        return _GONE
    if choice.act == "ask":
        return None
    if words is not None:
        if choice.act != "word" or not words.allows(choice.word):
            raise Invalid(Problem("unknown", _("Choose what %s means.") % choice.name, "choice"))
        return choice.word
    if choice.act == "map":
        if not known(choice.kind, parts or settled or {}, by).filter(pk=choice.pk or 0).exists():
            raise Invalid(Problem("unknown", _("Choose what %s is.") % choice.name, "choice"))
        return choice.pk
    try:
        with transaction.atomic():  # one that cannot be made leaves the others
            return _create(choice, parts or {}, by).pk
    except IntegrityError as error:
        # Somebody makes the same at this moment: it is there when the rows are planned again.
        if (problem := taken(error)) is None:
            raise
        raise Refused(problem) from None


def _create(choice: Choice, parts: dict[str, Any], by: Actor) -> models.Model:
    if choice.kind == "school":
        return _create_school(choice.name, by)
    if choice.kind == "category":
        return create_category(choice.name, by=by)
    if choice.kind == "room":
        school = School.objects.visible_to(by).get(pk=parts["school"])
        return create_room(school, parts["code"], by=by, building=parts["building"])
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


def create_unknown(session: ImportSession, *, by: Actor) -> ImportSession:
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
        session = settle_unknown(session, [Choice(kind, n, "create") for kind, n in names], by=by)
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
            session.say(replace(session.said, refused=refused))
            session.save(update_fields=["options"])
    return session
