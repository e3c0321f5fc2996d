"""Schools and rooms."""

from collections.abc import Collection, Sequence
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import Actor, may
from integrations import cells
from integrations.fields import Field
from integrations.kinds.base import ImportKind
from integrations.kinds.labels import label
from integrations.kinds.names.alike import PLACE
from integrations.kinds.names.schools import schools_named
from integrations.kinds.places.alike import SchoolsAlike
from integrations.kinds.places.columns import of_schools
from integrations.kinds.places.rooms import RoomsAlike
from integrations.kinds.places.rows import NEW, PlaceChanges, PlacePlan, PlaceRow, PlacesSeen, Told
from integrations.kinds.places.standing import OUT, Standing
from integrations.kinds.places.used import used_room, used_school
from integrations.kinds.rows.changes import Change, change
from integrations.kinds.rows.no_rows import ask_section
from integrations.kinds.rows.planned import facts_of
from integrations.kinds.rows.questions import NONE, REOPEN
from integrations.kinds.rows.since import again, taken_back, told_since
from integrations.kinds.rows.unknown import Unknown
from integrations.kinds.unused.columns import of_registers
from integrations.models import ImportSession, StagedRow
from people import actions
from people.codes import persons_with
from people.models import Room, School
from people.rules.commands import command_problems


class PlaceImport(ImportKind[PlaceRow, PlaceChanges, PlacesSeen]):
    name, label = "places", gettext_lazy("Schools and rooms")
    model, row, changes = School, PlaceRow, PlaceChanges
    questions = (PLACE, NONE, OUT, REOPEN)
    fields = (
        Field(
            "code",
            (
                "school code",
                "sis id",
                "school sis id",
                "site code",
                "sourcedid",
                "identifier",
                "school id",
                "site id",
                "school number",
            ),
            partial(cells.code, longest=32),
        ),
        Field("name", ("school name", "site name"), partial(cells.name, longest=200)),
        Field("school", ("site",), partial(cells.name, longest=200)),
        Field(
            "entity_number",
            ("entity number", "ben", "e rate entity number"),
            partial(cells.code, longest=16),
        ),
        Field("nces_id", ("school nces id", "nces id", "nces"), cells.nces_id),
        Field("address", ("street address",), partial(cells.text, longest=300), prose=True),
        Field("building", (), partial(cells.name, longest=64)),
        Field("room", ("room number", "room name", "room code"), partial(cells.name, longest=64)),
    )

    def spoken(self, said: list[str], used: Collection[str]) -> Promise | str:
        return of_registers(said, used)

    def settle(
        self, mapping: dict[str, str], sample: Sequence[dict[str, str]], by: Actor
    ) -> dict[str, str]:
        return of_schools(mapping, sample[0] if sample else mapping)

    def begin(self, session: ImportSession, by: Actor, unknown: Unknown) -> PlacesSeen:
        return PlacesSeen()

    def plan(
        self,
        session: ImportSession,
        rows: Sequence[StagedRow],
        by: Actor,
        seen: PlacesSeen,
        unknown: Unknown,
    ) -> list[PlacePlan]:
        planned = self.parse(session, rows, unknown)
        schools = {s.code.lower(): s for s in School.objects.visible_to(by)}
        names: dict[str, list[School]] = {}
        for s in schools.values():
            names.setdefault(s.name.lower(), []).append(s)
        rooms = {
            (r.school_id, r.building.lower(), r.code.lower()): r
            for r in Room.objects.visible_to(by).filter(merged_into=None)
        }
        told = Told(schools, names, seen)
        told.give_codes(planned)
        told.disagree(planned)
        alike, alike_rooms = SchoolsAlike(schools.values(), seen), RoomsAlike(rooms.values(), seen)
        standing = Standing(session)
        for plan in planned:
            if plan.problems or not self._certain(plan, told, alike):
                continue
            v = plan.values
            name, school = v.name or "", schools.get((v.code or "").lower())
            if school is not None:
                plan.object_id = school.pk
                self._compare(plan, school, rooms)
                plan.outcome = "update" if plan.changes else "same"
            elif ask_section(plan, session.mapping):
                continue
            elif not name:
                plan.refuse("name", _("A new school needs a name."))
            else:
                plan.outcome = "create"
            if v.room and (plan.outcome == "create" or plan.changes.room is not None):
                alike_rooms.settle(plan, school)
                self._is_here(plan, school, rooms)
                for problem in command_problems(v.room, "room"):
                    plan.refuse("room", str(problem.message))
            if not plan.problems:
                standing.weigh(plan)
            self._theirs(plan, school, by)
        entered: dict[str, list[PlacePlan]] = {}
        for plan in planned:
            told.brings(plan)
            room = plan.values.room
            if room and (plan.outcome == "create" or plan.changes.room is not None):
                entered.setdefault(room.lower(), []).append(plan)
        for code, sentence in persons_with(entered, by).items():
            for plan in entered[code]:
                plan.warnings.append(sentence)
        return planned

    def _certain(self, plan: PlacePlan, told: Told, alike: SchoolsAlike) -> bool:
        """Whether the row names one school, here or new."""
        v = plan.values
        code, name = v.code or "", v.name or ""
        if not code and not name:
            plan.refuse("code", _("The row names no school."))
            return False
        called = told.called(name) if name else []
        school = told.schools.get(code.lower())
        if not code and len(called) > 1:
            message = _("Several schools are called so: %s. Give the code.")
            plan.refuse("name", message % schools_named(called))
            return False
        if code and called and school not in called and (school or len(called) > 1):
            self._named_as(plan, school, called)
        return school is not None or bool(plan.problems) or alike.school(plan, called)

    @staticmethod
    def _is_here(
        plan: PlacePlan,
        school: School | None,
        rooms: dict[tuple[int, str, str], Room],
    ) -> None:
        """A new room that is another one in another spelling is that one, and no change."""
        v = plan.values
        key = (school.pk if school else 0, (v.building or "").lower(), (v.room or "").lower())
        if (room := rooms.get(key)) is not None and room.active:
            plan.changes.room = None
            plan.outcome = "update" if plan.changes else "same"

    @staticmethod
    def _theirs(plan: PlacePlan, school: School | None, by: Actor) -> None:
        """Refuse what whoever brings the file may not do with a school, or with its rooms."""
        changes = plan.changes.shown()
        room = changes.pop("room", None) is not None
        if school is None and not plan.problems and not may(by, "people.change_school"):
            plan.refuse("code", _("Your role does not allow you to add schools."))
        elif changes and not may(by, "people.change_school", school):
            plan.refuse("code", _("Your role does not allow you to change this school."))
        elif room and not may(by, "people.change_room", school):
            plan.refuse("room", _("Your role does not allow you to change rooms of this school."))

    def told(self, session: ImportSession, seen: PlacesSeen, by: Actor) -> list[str]:
        if not seen.schools and not seen.rooms:
            return []
        words = {"schools": len(seen.schools), "rooms": len(seen.rooms)}
        return [_("In all these rows bring in schools: %(schools)s, rooms: %(rooms)s.") % words]

    @staticmethod
    def _named_as(plan: PlacePlan, school: School | None, called: list[School]) -> None:
        """A code with the name of another school is one or the other; a new code is said."""
        words = {
            "code": plan.values.code,
            "name": plan.values.name,
            "others": schools_named(called),
        }
        if school is None:
            message = _("There is a school of this name: %(others)s.")
            plan.warnings.append(message % words)
            return
        words["one"] = schools_named([school])
        message = _(
            "The code %(code)s is %(one)s, the name %(name)s is %(others)s. Correct one of them."
        )
        plan.refuse("name", message % words)

    def other_than(self, outcome: str, previewed: PlaceChanges, plan: PlacePlan) -> bool:
        """A row of the same file may have made the school of this one."""
        return outcome == "update" and super().other_than(outcome, previewed, plan)

    def _compare(
        self, plan: PlacePlan, school: School, rooms: dict[tuple[int, str, str], Room]
    ) -> None:
        v = plan.values
        plan.compare(school)
        room = None
        if v.room:
            room = rooms.get((school.pk, (v.building or "").lower(), v.room.lower()))
        closed = [x for x in (school, room) if x is not None and not x.active]
        closed_by_hand = [str(x) for x in closed if not taken_back(x)]
        if closed_by_hand:
            column = "room" if school.active else "code"
            choice = plan.ask(REOPEN, column, again(", ".join(closed_by_hand)))
            if choice != "open":
                if v.room and room is None and not school.active:
                    plan.warnings.append(_("Not taken over: %s.") % f"{label('room')} {v.room}")
                v.room = None if closed[0] is school or room in closed else v.room
                return
        if not school.active:
            plan.changes.active = change(False, True, shown=(_("out of use"), _("in use")))
        if v.room and (room is None or not room.active):
            shown = ("" if room is None else _("out of use"), v.room)
            plan.changes.room = change(None, room, shown=shown)

    def apply(self, session: ImportSession, plans: Sequence[PlacePlan], by: Actor) -> None:
        for plan in plans:
            v = plan.values
            code = v.code or ""
            found = School.objects.visible_to(by)
            school = (
                found.get(pk=plan.object_id)
                if plan.object_id
                else found.filter(code__iexact=code).first()
            )
            facts = v.facts()
            if school is None:
                school = actions.create_school(code, facts.pop("name"), by=by, **facts)
                plan.changes.school = Change(NEW)
            elif plan.object_id and plan.changes.shown().keys() - {"room"}:
                before = school.version
                active = school.active or plan.changes.active is not None
                school = actions.change_school(school, by=by, active=active, **facts)
                if school.version == before:  # a row before it said the same
                    for name in (*facts_of(PlaceRow), "active"):
                        setattr(plan.changes, name, None)
                else:
                    plan.changes.version = Change(before)
            if v.room:
                plan.changes.room = Change(self._room(school, v.building or "", v.room, by))
            plan.row.object_id, plan.row.applied_version = school.pk, school.version

    def _room(self, school: School, building: str, code: str, by: Actor) -> int | None:
        """The key of the room that the row brought in, None where it was there already."""
        same = Room.objects.filter(school=school, building__iexact=building, code__iexact=code)
        room = same.filter(merged_into=None).first()
        if room is None:
            return actions.create_room(school, code, by=by, building=building).pk
        if room.active:
            return None
        return actions.change_room(room, by=by, active=True).pk

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        school = School.objects.get(pk=row.object_id or 0)
        did = PlaceChanges.read(row)
        room = Room.objects.filter(pk=(did.room and did.room.was) or 0).first()
        new = did.school is not None and did.school.was == NEW
        closes = new or did.active is not None
        old = did.facts((*facts_of(PlaceRow), "active"))
        if room is not None and (why := used_room(session, room)):
            return why
        if (new or old) and told_since(session, School, {school.pk: school.pk}):
            return _("%s changed since.") % school.name
        if closes and (why := used_school(session, school, room)):
            return why
        if room is not None:
            actions.change_room(room, by=by, active=False)
        if new or old:
            actions.change_school(school, by=by, **(old or {"active": False}))
        return ""
