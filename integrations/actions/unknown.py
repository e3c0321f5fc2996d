"""Names that a file uses and nobody knows: made, or mapped to what is known, once for the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from assets.actions import create_category
from assets.models import Category
from core.access import Actor, may, require
from core.problems import Problem, invalid_if
from funding.actions import create_award
from funding.models import Award, Program
from integrations.actions.plan import opened, plan_import
from integrations.models import ImportSession
from people.actions import create_rooms, create_school
from people.models import Room, School

#: What can be unknown, and the permission that making one needs; a program is made on its page.
PERMISSIONS = {
    "school": "people.change_school", "room": "people.change_room",
    "category": "assets.change_catalog", "award": "funding.change_award", "program": "",
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """What one unknown name is: `create` makes it (an award under the program `pk`), `map` says
    that it is what is known under the key `pk`."""

    kind: str
    name: str
    act: str
    pk: int | None = None


def creatable(session: ImportSession, by: Actor) -> Iterator[tuple[str, str]]:
    """The unknown names (kind, name) that `by` may make without saying more."""
    for kind, names in session.unknown.items():
        for name, parts in names.items():
            school = School(pk=parts["school"]) if kind == "room" else None
            if kind != "award" and PERMISSIONS[kind] and may(by, PERMISSIONS[kind], school):
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


def settle_unknown(session: ImportSession, choices: Sequence[Choice], *, by: Actor) -> ImportSession:  # fmt: skip
    """Make or map unknown names and plan again. A mapping is kept with this import."""
    with transaction.atomic():
        session = opened(session, by)
        mapped: dict[str, dict[str, int]] = session.options.get("mapped", {})
        rooms = []
        for choice in choices:
            parts = session.unknown.get(choice.kind, {}).get(choice.name)
            if parts is None:
                continue  # somebody settled it in another window
            if choice.act == "map":
                if not known(choice.kind, parts, by).filter(pk=choice.pk or 0).exists():
                    message = _("Choose what %s is.") % choice.name
                    invalid_if([Problem("unknown", message, "choice")])
                mapped.setdefault(choice.kind, {})[choice.name.lower()] = choice.pk or 0
            elif choice.kind == "room":
                school = School.objects.visible_to(by).get(pk=parts["school"])
                rooms.append((school, parts["building"], parts["code"]))
            else:
                _create(choice, by)
        if rooms:
            create_rooms(rooms, by=by)
        session.options = {**session.options, "mapped": mapped}
        session.save(update_fields=["options"])
    return plan_import(session, by=by)


def _create(choice: Choice, by: Actor) -> None:
    if choice.kind == "school":
        create_school(choice.name[:32], choice.name, by=by)
    elif choice.kind == "category":
        create_category(choice.name, by=by)
    elif choice.kind == "award":
        program = Program.objects.filter(pk=choice.pk or 0).first()
        if program is None:
            message = _("Choose the program of the award %s.") % choice.name
            invalid_if([Problem("unknown", message, "choice")])
        require(by, PERMISSIONS["award"])
        create_award(by=by, program=program, name=choice.name)  # type: ignore[arg-type]


def create_unknown(session: ImportSession, *, by: Actor) -> ImportSession:
    """Make every unknown school, room and category that `by` may make. Rooms of a school that is
    made here are found unknown only then, so it looks twice; a large file is planned by a Run, and
    its rooms wait for the second time that this is asked for."""
    for _round in range(2):
        choices = [Choice(kind, name, "create") for kind, name in creatable(session, by)]
        if not choices:
            break
        session = settle_unknown(session, choices, by=by)
        if session.planning:
            break
    return session
