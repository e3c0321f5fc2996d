"""Notes and files that name somebody, to be cleaned."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core import forgetting
from core.api.idempotency import once
from core.api.views import HouseView
from people import actions
from people.api.shapes import Cleaned, CleanInput, WrittenList
from people.models import Person
from people.rules.written import places_of


class PersonWritten(HouseView):
    """What is left of somebody in notes, reasons and names of files; also after they were
    erased."""

    permissions = {"GET": "people.erase_person", "POST": "people.erase_person"}

    @extend_schema(operation_id="listWritten", responses=WrittenList)
    def get(self, request: Request, pk: int) -> Response:
        person = Person.objects.visible_to(request.user).get(pk=pk)
        self.check(request, person)
        found = places_of(person)
        rows = [
            {
                "table": w.place.label,
                "id": w.place.pk,
                "column": w.place.column,
                "what": w.what,
                "where": w.where,
                "url": w.url,
                "text": w.text,
                "seen": w.seen,
                "acts": w.acts,
                "why_not": w.why_not,
            }
            for w in forgetting.look(found.all, request.user)
        ]
        return Response(WrittenList({"written": rows, "more": found.more}).data)

    @extend_schema(operation_id="cleanWritten", request=CleanInput, responses=Cleaned)
    def post(self, request: Request, pk: int) -> Response:
        person = Person.objects.visible_to(request.user).get(pk=pk)
        self.check(request, person)

        def do() -> Response:
            values = self.body(request, CleanInput)
            place = forgetting.Place(values["table"], values["id"], values["column"])
            gone = actions.clean_written(
                person, place, act=values["act"], seen=values["seen"], by=self.by(request)
            )
            return Response({"gone": gone})

        return once(request, do)
