"""People of the roster."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import Actor, MaybeActor
from core.api.idempotency import once
from core.api.resource import Resource, Write
from core.api.shapes import ReasonInput
from core.api.views import HouseView, detail, expect_version, referred
from core.problems import Problem, refuse_if
from people import actions
from people.api import shapes
from people.api.shapes import PersonErased, PersonMade, PersonSerializer
from people.codes import id_notices
from people.filters import PersonFilters
from people.models import Person, School
from people.rules.written import as_links, places_of


def noted(person: Person, by: MaybeActor) -> Person:
    """With what else their id means."""
    person.notices = id_notices({person.local_id}, by).get(person.local_id.lower(), [])
    return person


def _add(*, by: Actor, **values: Any) -> Person:
    return actions.add_person(actions.PersonDraft(**values), by=by)


PEOPLE = Resource(
    name="Person",
    plural="People",
    about="Those who may hold items.",
    about_one="One person.",
    shape=PersonSerializer,
    rows=Person.objects.visible_to,
    view="people.view_person",
    filters=PersonFilters,
    create=Write(_add, "people.change_person"),
    change=Write(actions.change_person, "people.change_person"),
    merge=Write(actions.merge_people, "people.change_person", about="Two rows for one person."),
    doors={"school_id": School.objects.visible_to},
    made=PersonMade,
    noted=noted,
)


class Roster(HouseView):
    """Up to 1,000 people by their local ids: new ones are added, others changed, all or none."""

    permissions = {"POST": "people.change_person"}

    @extend_schema(
        operation_id="savePeople", request=shapes.RosterInput, responses=shapes.RosterResult
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            rows = self.body(request, shapes.RosterInput)["people"]
            schools = School.objects.visible_to(request.user)
            known = schools.in_bulk({r["school_id"] for r in rows})
            for i, row in enumerate(rows):
                pk = row.pop("school_id")
                row["school"] = known.get(pk) or referred(schools, pk, f"people.{i}.school")
            seen = Counter(row["local_id"].lower() for row in rows)
            refuse_if(
                Problem(
                    "local-id-twice",
                    _("This id stands here twice: send each person once."),
                    f"people.{i}.local_id",
                )
                for i, row in enumerate(rows)
                if seen[row["local_id"].lower()] > 1
            )
            created, changed, same = actions.save_people(
                [actions.PersonDraft(**row) for row in rows], by=self.by(request), asks="people"
            )
            ids = id_notices({row["local_id"] for row in rows}, request.user)
            notices = [said for sentences in ids.values() for said in sentences]
            counts = {"created": created, "changed": changed, "same": same}
            return Response(counts | {"notices": notices})

        return once(request, do)


class PersonUnmerge(HouseView):
    """They are two people after all."""

    permissions = {"POST": "people.change_person"}

    @extend_schema(operation_id="unmergePerson", request=ReasonInput, responses=PersonSerializer)
    def post(self, request: Request, pk: int) -> Response:
        person = Person.objects.visible_to(request.user).get(pk=pk)
        self.check(request, person)

        def do() -> Response:
            values = self.body(request, ReasonInput)
            alone = actions.unmerge_people(person, by=self.by(request), **values)
            return detail(request, alone, PersonSerializer)

        return once(request, do)


class PersonErase(HouseView):
    """Forget somebody: their values go, the facts stay. Refused while something keeps them; the
    problem `kept` says until when."""

    permissions = {"POST": "people.erase_person"}
    versioned = True

    @extend_schema(operation_id="erasePerson", request=ReasonInput, responses=PersonErased)
    def post(self, request: Request, pk: int) -> Response:
        person = Person.objects.visible_to(request.user).get(pk=pk)
        self.check(request, person)

        def do() -> Response:
            expect_version(request, person.version)
            values = self.body(request, ReasonInput)
            gone = actions.erase_person(
                person, by=self.by(request), version=person.version, **values
            )
            # The answer is kept to be replayed: it says where, neither words nor names.
            gone.written = as_links(places_of(gone).all)
            return detail(request, gone, PersonErased)

        return once(request, do)
