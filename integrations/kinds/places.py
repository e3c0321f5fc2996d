"""Schools and rooms."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from core.access import Actor
from integrations import cells
from integrations.kinds.base import Field, ImportKind, Planned, Unknown
from integrations.models import ImportSession, StagedRow
from people import actions
from people.models import Room, School


class PlaceImport(ImportKind):
    fields = (
        Field("code", ("school code", "sis id", "school sis id", "site code", "sourcedid", "identifier"), partial(cells.code, longest=32)),
        Field("name", ("school name", "school", "site", "site name"), partial(cells.text, longest=200)),
        Field("entity_number", ("entity number", "ben", "e rate entity number"), partial(cells.code, longest=16)),
        Field("nces_id", ("school nces id", "nces id", "nces"), partial(cells.code, longest=16)),
        Field("address", ("street address",), partial(cells.text, longest=300)),
        Field("building", (), partial(cells.text, longest=64)),
        Field("room", ("room number", "room name", "room code"), partial(cells.text, longest=64)),
    )  # fmt: skip
    school_fields = ("name", "entity_number", "nces_id", "address")

    def plan(self, session: ImportSession, rows: Sequence[StagedRow], by: Actor, seen: dict[str, Any],
             unknown: Unknown) -> list[Planned]:  # fmt: skip
        planned = self.parse(session, rows)
        schools = {s.code.lower(): s for s in School.objects.visible_to(by)}
        names = {s.name.lower(): s for s in schools.values()}
        for plan in planned:
            v = plan.values
            code, name = v.get("code", ""), v.get("name", "")
            if not code and not name:
                plan.refuse("code", _("The row names no school."))
                continue
            school = schools.get(code.lower()) or (None if code else names.get(name.lower()))
            if school is None and not name:
                plan.refuse("name", _("A new school needs a name."))
            elif school is None:
                plan.outcome = "create"
            else:
                plan.object_id = school.pk
                for f in self.school_fields:
                    if f in v and v[f] != getattr(school, f):
                        plan.change(f, getattr(school, f), v[f])
                room = v.get("room")
                if (
                    room
                    and not school.rooms.filter(
                        code__iexact=room, building__iexact=v.get("building", "")
                    ).exists()
                ):
                    plan.change("room", None, room)
                plan.outcome = "update" if plan.changes else "same"
        return planned

    def apply(self, session: ImportSession, plans: Sequence[Planned], by: Actor) -> None:
        for plan in plans:
            v = plan.values
            code = v.get("code") or v["name"][:32]
            school = School.objects.visible_to(by).filter(code__iexact=code).first()
            if school is None and plan.object_id:
                school = School.objects.visible_to(by).get(pk=plan.object_id or 0)
            facts = {f: v[f] for f in self.school_fields if f in v}
            if school is None:
                school = actions.create_school(code, facts.pop("name"), by=by, **facts)
            elif any(f in plan.changes for f in self.school_fields):
                school = actions.change_school(school, by=by, **facts)
            room = v.get("room")
            here = Room.objects.filter(school=school, building__iexact=v.get("building", ""))
            if room and not here.filter(code__iexact=room).exists():
                actions.create_room(school, room, by=by, building=v.get("building", ""))
            plan.row.object_id, plan.row.applied_version = school.pk, school.version

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        school = School.objects.get(pk=row.object_id or 0)
        if row.outcome == "create":
            actions.change_school(school, by=by, active=False)
            return ""
        if school.version != row.applied_version:
            return _("%s changed since.") % school.name
        old = {k: a for k, a in row.before.items() if k in self.school_fields}
        actions.change_school(school, by=by, **old)
        return ""
