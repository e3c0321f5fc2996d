"""What every API view shares: strict parameters, keyset pages, ETags, field selection."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.access import require
from core.api import parameters
from core.api.filters import Filters
from core.api.parameters import Kind
from core.db.paging import paginate
from core.journal.sealing import head
from core.models import Entry
from core.permissions import known_permission
from core.problems import Invalid, Missing, PreconditionRequired, Problem, Stale, TooLarge

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

M = TypeVar("M", bound=Model)
Serializer = serializers.Serializer[Any]


@cache
def _fields(output: type[Serializer]) -> Kind:
    kind = parameters.several(parameters.choice(output().fields))
    return kind.about("only these properties, with commas between them")


def method_of(request: Request) -> str:
    """The method as the tables know it: HEAD is a GET whose body nobody sends."""
    return "GET" if request.method == "HEAD" else str(request.method)


class HouseView(APIView):
    """One permission per method; nothing in a query that is not in `parameters`."""

    permissions: ClassVar[Mapping[str, str]] = {}
    output: ClassVar[type[Serializer] | None] = None
    query: Mapping[str, Any]
    #: What `Allow` names; OPTIONS tells nothing, openapi.yaml tells everything.
    # Theirs is of the instance.
    http_method_names: ClassVar[list[str]] = ["get", "head", "post", "patch"]  # type: ignore[misc]
    #: Its address says the format of its answer, so that any Accept will do.
    any_accept: ClassVar[bool] = False
    #: Its POST changes what the caller read, and wants If-Match like a PATCH.
    versioned: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for method, permission in cls.permissions.items():
            known_permission(permission, f"{method} of {cls.__name__}")

    @classmethod
    def parameters(cls, method: str) -> Mapping[str, Kind]:
        """What the query of a request may say."""
        return {"fields": _fields(cls.output)} if method == "GET" and cls.output else {}

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return super().perform_content_negotiation(request, force or self.any_accept)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks (401), how much is sent (413), what the query says (400)."""
        super().initial(request, *args, **kwargs)
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            # WSGI hands over no body without a length: it would look empty.
            message = _("Send the body with Content-Length, not in chunks.")
            raise Invalid(Problem("length-missing", message))
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        if not length.isascii() or not length.isdecimal() or int(length) > most:
            message = _("A request has at most %s MB.") % (most // 1024**2)
            raise TooLarge(Problem("too-large", message))
        kinds = self.parameters(method_of(request))
        self.query = parameters.read_query(request.query_params, kinds)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What was made says where it is, also when the answer is a replay."""
        response = super().finalize_response(request, response, *args, **kwargs)
        made = getattr(response, "data", None) if response.status_code in (201, 202) else None
        if isinstance(made, dict) and "id" in made:
            response["Location"] = f"{request.path}/{made['id']}"
        return response

    @staticmethod
    def by(request: Request) -> "AbstractBaseUser":
        """Who asks. The API lets nobody in without a token."""
        return cast("AbstractBaseUser", request.user)

    def check(self, request: Request, obj: Any = None) -> None:
        """403 unless the token and its user's role allow this method."""
        require(request.user, self.permissions[method_of(request)], obj)

    def body(self, request: Request, kind: type[Serializer], **kwargs: Any) -> dict[str, Any]:
        """The checked body; unknown and read-only fields are refused, not ignored."""
        data = request.data
        if not isinstance(data, dict):
            raise Invalid(Problem("shape", _("Send a JSON object.")))
        serializer = kind(data=data, **kwargs)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


def referred(rows: QuerySet[M], pk: Any, field: str) -> M:
    """The row that a body names. Raises Missing (404, with the field) where there is none or
    it is not yours to see; `rows` come through the door."""
    found = rows.filter(pk=pk).first()
    if found is None:
        message = _("There is nothing of this number, or it is not yours to see.")
        raise Missing(Problem("not-found", message, field))
    return found


def through(
    doors: Mapping[str, Callable[[Any], QuerySet[Any]]], values: Mapping[str, Any], by: Any
) -> dict[str, Any]:
    """The values of a body, its ids as the rows that their doors show, by their names. Raises
    Missing with the field."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        name = key.removesuffix("_id") if key in doors else key
        through_door = key in doors and value is not None
        found[name] = referred(doors[key](by), value, name) if through_door else value
    return found


def expect_version(request: Request, version: int) -> None:
    """If-Match must name the version that is changed: 428 without, 412 with another."""
    if "If-Match" not in request.headers:
        message = _("Send If-Match with the ETag you read, so that nobody's change is lost.")
        raise PreconditionRequired(Problem("if-match-missing", message))
    unless_changed(request, version)


def unless_changed(request: Request, version: int) -> None:
    """Where If-Match is sent it must name this version (412)."""
    given = request.headers.get("If-Match", "*").strip()
    if given == "*":
        return
    seen = {m[1] for v in given.split(",") if (m := re.fullmatch(r'"v(\d+)(-\w+)?"', v.strip()))}
    if str(version) not in seen:
        raise Stale(Problem("stale", _("Somebody changed it since. Read it again.")))


def etag(version: int, shown: Any) -> str:
    """The version, for If-Match, and a digest of what was shown: the same version may show
    another holder's name to another reader, and a sighting leaves the version as it is."""
    text = json.dumps(shown, sort_keys=True, default=str)
    return f'"v{version}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"'


def selected(request: Request, serializer: Serializer) -> Serializer:
    """Only the fields that `fields=` names; HouseView has checked them."""
    wanted = ",".join(request.query_params.getlist("fields"))
    if wanted and method_of(request) == "GET":
        target: Any = getattr(serializer, "child", serializer)
        for name in set(target.fields) - set(wanted.split(",")):
            target.fields.pop(name)
    return serializer


class ListView(HouseView):
    """GET a keyset page. Subclasses say rows, filters and orderings."""

    output: ClassVar[type[Serializer]]
    filters: ClassVar[type[Filters]] = Filters
    orderings: ClassVar[Mapping[str, Sequence[str]]] = {"id": ["id"], "-id": ["-id"]}
    #: Where the subject of the entries about a row is: the row itself, or what it is part of.
    subject: ClassVar[str] = "pk"

    @classmethod
    def parameters(cls, method: str) -> Mapping[str, Kind]:
        if method != "GET":
            return {}
        since = {"changed_since": parameters.SEAL.about("a seal number: what changed after it")}
        return {
            "limit": parameters.LIMIT,
            "cursor": parameters.CURSOR,
            "fields": _fields(cls.output),
            "ordering": parameters.choice(cls.orderings),
            **since,
            **cls.filters.kinds(),
        }

    def rows(self, request: Request) -> QuerySet[Any]:
        raise NotImplementedError(f"{type(self).__name__} says its rows")

    def page(self, request: Request) -> Response:
        """The page: `results`, `next` (a cursor, null at the end) and, with `changed_since`,
        `head`: the seal number to ask with next time."""
        self.check(request)
        rows, asked = self.rows(request), self.query
        answer: dict[str, Any] = {}
        if "changed_since" in asked:
            # The head is read first: what changes while the page is read comes next time too.
            answer["head"] = head()[0]
            model: Any = rows.model
            if self.subject != "pk":
                model = model._meta.get_field(self.subject).related_model
            entries = Entry.objects.news().filter(
                subject_type=model._meta.label_lower, seal__number__gt=asked["changed_since"]
            )
            rows = rows.filter(**{f"{self.subject}__in": entries.values("subject_id")})
        rows = self.filters.applied(asked, rows)
        keys = self.orderings[asked.get("ordering", next(iter(self.orderings)))]
        page = paginate(rows, keys, after=asked.get("cursor"), size=asked.get("limit", 50))
        serializer = selected(
            request, self.output(page.rows, many=True, context={"request": request})
        )
        return Response({"results": serializer.data, "next": page.next, **answer})


def detail(request: Request, obj: Any, output: type[Serializer], status: int = 200) -> Response:
    """One object with its ETag; 304 where the client has what would be shown."""
    shown = selected(request, output(obj, context={"request": request})).data
    headers = {}
    if hasattr(obj, "version"):
        headers["ETag"] = tag = etag(obj.version, shown)
        known = [v.strip() for v in request.headers.get("If-None-Match", "").split(",")]
        if method_of(request) == "GET" and tag in known:
            return Response(status=304, headers=headers)
    return Response(shown, status=status, headers=headers)
