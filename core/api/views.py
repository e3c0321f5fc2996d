"""What every API view shares: strict parameters, keyset pages, ETags, field selection."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.access import require
from core.paging import paginate
from core.problems import Invalid, PreconditionRequired, Problem, Stale, invalid_if

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

DEFAULT_LIMIT, MAX_LIMIT = 50, 200
PAGING = {"limit", "cursor", "fields", "ordering"}


def integer(value: str) -> int:
    if not value.isdigit() or len(value) > 18:
        raise ValueError(_("This is not a whole number."))
    return int(value)


def text(value: str) -> str:
    if len(value) > 200 or "\x00" in value:
        raise ValueError(_("This is too long."))
    return value


def day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(_("Write the date as 2025-08-12.")) from error


def boolean(value: str) -> bool:
    if value not in ("true", "false"):
        raise ValueError(_("Write true or false."))
    return value == "true"


def several(parse: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    """Values with commas between them, at most 200."""

    def parse_all(value: str) -> list[Any]:
        parts = value.split(",")
        if len(parts) > MAX_LIMIT:
            raise ValueError(_("At most 200 values."))
        return [parse(p) for p in parts]

    return parse_all


class HouseView(APIView):
    """One permission per method, checked before anything else."""

    permissions: ClassVar[Mapping[str, str]] = {}

    @staticmethod
    def by(request: Request) -> "AbstractBaseUser":
        """Who asks. The API lets nobody in without a token."""
        return cast("AbstractBaseUser", request.user)

    def check(self, request: Request, obj: Any = None) -> None:
        """403 unless the token and its user's role allow this method."""
        require(request.user, self.permissions[str(request.method)], obj)

    def body(
        self, request: Request, kind: type[serializers.Serializer[Any]], **kwargs: Any
    ) -> dict[str, Any]:
        """The checked body; unknown and read-only fields are refused, not ignored."""
        data = request.data
        if not isinstance(data, dict):
            raise Invalid(Problem("shape", _("Send a JSON object.")))
        serializer = kind(data=data, **kwargs)
        writable = {n for n, f in serializer.fields.items() if not f.read_only}
        invalid_if(
            Problem(
                "unknown-field", _("This field is unknown or cannot be written."), str(name)[:60]
            )
            for name in data
            if name not in writable
        )
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


def expect_version(request: Request, version: int) -> None:
    """If-Match must name the version that is changed: 428 without, 412 with another."""
    given = request.headers.get("If-Match")
    if given is None:
        message = _("Send If-Match with the ETag you read, so that nobody's change is lost.")
        raise PreconditionRequired(Problem("if-match-missing", message))
    if given.strip() != "*" and etag(version) not in [v.strip() for v in given.split(",")]:
        raise Stale(Problem("stale", _("Somebody changed it since. Read it again.")))


def etag(version: int) -> str:
    return f'"v{version}"'


def selected(
    request: Request, serializer: serializers.Serializer[Any]
) -> serializers.Serializer[Any]:
    """Only the fields that `fields=` names."""
    wanted = request.query_params.get("fields")
    if wanted:
        target = getattr(serializer, "child", serializer)
        names = wanted.split(",")
        invalid_if(
            Problem("fields", _("There is no field called %s.") % n[:60], "fields")
            for n in names
            if n not in target.fields
        )
        for name in set(target.fields) - set(names):
            target.fields.pop(name)
    return serializer


class ListView(HouseView):
    """GET a keyset page. Subclasses say rows, filters and orderings."""

    output: ClassVar[type[serializers.Serializer[Any]]]
    filters: ClassVar[Mapping[str, tuple[str, Callable[[str], Any]]]] = {}
    orderings: ClassVar[Mapping[str, Sequence[str]]] = {"id": ["id"], "-id": ["-id"]}

    def rows(self, request: Request) -> QuerySet[Any]:
        raise NotImplementedError(f"{type(self).__name__} says its rows")

    def page(self, request: Request) -> Response:
        """The page: `results` and `next` (a cursor, null at the end)."""
        self.check(request)
        params = request.query_params
        problems = [
            Problem("unknown-parameter", _("There is no parameter called %s.") % n[:60], n[:60])
            for n in params
            if n not in PAGING and n not in self.filters
        ]
        limit = params.get("limit", str(DEFAULT_LIMIT))
        if not limit.isdigit() or not 1 <= int(limit[:9]) <= MAX_LIMIT:
            problems.append(Problem("limit", _("A page has 1 to 200 rows."), "limit"))
        ordering = params.get("ordering", next(iter(self.orderings)))
        if ordering not in self.orderings:
            problems.append(Problem("ordering", _("This order is not offered."), "ordering"))
        rows = self.rows(request)
        for name, (lookup, parse) in self.filters.items():
            if name in params:
                try:
                    rows = rows.filter(**{lookup: parse(params[name])})
                except ValueError as error:
                    problems.append(Problem("filter", str(error), name))
        invalid_if(problems)
        page = paginate(rows, self.orderings[ordering], after=params.get("cursor"), size=int(limit))
        serializer = selected(
            request, self.output(page.rows, many=True, context={"request": request})
        )
        return Response({"results": serializer.data, "next": page.next})


def detail(
    request: Request, obj: Any, output: type[serializers.Serializer[Any]], status: int = 200
) -> Response:
    """One object with its ETag; 304 where the client has this version."""
    unknown = [n for n in request.query_params if n != "fields"] if request.method == "GET" else []
    invalid_if(
        Problem("unknown-parameter", _("There is no parameter called %s.") % n[:60], n[:60])
        for n in unknown
    )
    tag = etag(obj.version) if hasattr(obj, "version") else None
    headers = {"ETag": tag} if tag else {}
    if tag and request.method == "GET" and request.headers.get("If-None-Match") == tag:
        return Response(status=304, headers=headers)
    serializer = selected(request, output(obj, context={"request": request}))
    return Response(serializer.data, status=status, headers=headers)
