"""What a code leads to, in all its meanings."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.codes.resolve import Meaning, Resolved, resolve
from core.api.parameters import TEXT, Kind
from core.api.shapes import Shape
from core.api.views import HouseView

HOW = {
    "tag": "its tag",
    "code": "an old tag, a merged item's tag or an alias",
    "serial": "its serial number",
    "id": "the person's local id",
    "room": "the room's code",
    "name": "the person's name",
    "alike": "the same number with more or fewer zeros",
}


class CodeMeaning(Shape[Any]):
    """One thing that the code leads to, and as what."""

    kind = serializers.ChoiceField(choices=["asset", "person", "room"])
    id = serializers.IntegerField()
    how = serializers.ChoiceField(choices=list(HOW.items()))


class CodeAnswer(Shape[Any]):
    """`decided`: the code means exactly one of them. Else somebody has to choose."""

    decided = serializers.BooleanField()
    meanings = CodeMeaning(many=True)


class Codes(HouseView):
    """All that a scanned or typed code may mean to you: things, people, rooms. What is not yours
    to see is not there."""

    permissions = {"GET": "assets.view_asset"}

    @classmethod
    def parameters(cls, method: str) -> Mapping[str, Kind]:
        return {"code": TEXT.about("what was scanned or typed")} if method == "GET" else {}

    @extend_schema(operation_id="resolveCode", responses=CodeAnswer, tags=["codes"])
    def get(self, request: Request) -> Response:
        self.check(request)
        found = resolve(self.query.get("code", ""), request.user)
        meanings = [{"kind": m.kind, "id": m.thing.pk, "how": m.how} for m in _all(found)]
        return Response({"decided": found.chosen is not None, "meanings": meanings})


def _all(found: Resolved) -> list[Meaning]:
    if found.chosen is None:
        return found.choices
    return [Meaning(found.chosen, found.how)]
