"""A noun of the API, declared once: its addresses, list, retrieve, create, change and merge come
from one value (docs/decisions/nouns-of-the-api.md)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.urls import URLPattern
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import MaybeActor
from core.api.filters import Filters
from core.api.idempotency import once
from core.api.routes import route
from core.api.schema import page_of
from core.api.shapes import MergeInput, ids_of
from core.api.views import (
    HouseView,
    ListView,
    Serializer,
    detail,
    expect_version,
    referred,
    through,
)
from core.permissions import known_permission

Values = dict[str, Any]
V = TypeVar("V", bound=HouseView)


@dataclass(frozen=True)
class Write:
    """Something that is done to a noun: the action (`by` and the body's values by name; a change
    also the row and its version), the permission, and the body's shape where it is another."""

    do: Callable[..., Any]
    needs: str
    shape: type[Serializer] | None = None
    about: str = ""
    #: What making one is called in the contract, and how it is answered (202: it is made later).
    verb: str = "create"
    status: int = 201

    def __post_init__(self) -> None:
        """A permission that no role knows stops the program's start."""
        known_permission(self.needs, self.do.__name__)


#: All nouns, and those of them that have addresses.
_declared: list["Resource"] = []
_addressed: list["Resource"] = []


@dataclass(frozen=True, kw_only=True)
class Resource:
    """`rows` are those that `by` may know of. A body's ids (`doors`, by their names) are looked up
    among the rows of their doors; what a door does not show is missing (404)."""

    name: str
    plural: str
    about: str
    about_one: str = ""
    shape: type[Serializer]
    rows: Callable[[Any], QuerySet[Any]]
    view: str
    #: Whether memberships reach one of them and not another: then what is outside is missing (404)
    #: before it is not permitted (403).
    scoped: bool = True
    filters: type[Filters] = Filters
    orderings: Mapping[str, Sequence[str]] = field(default_factory=lambda: ListView.orderings)
    #: Those of a list where it leaves some out, by who asks for what.
    listed: Callable[[Any, Mapping[str, Any]], QuerySet[Any]] | None = None
    subject: str = "pk"
    address: str = ""
    create: Write | None = None
    #: A view whose POST makes one, where a body says more than the values of a noun.
    new: type[HouseView] | None = None
    change: Write | None = None
    merge: Write | None = None
    doors: Mapping[str, Callable[[MaybeActor], QuerySet[Any]]] = field(default_factory=dict)
    #: What who made or changed one reads, and what is noted on the row for it.
    made: type[Serializer] | None = None
    noted: Callable[[Any, MaybeActor], Any] = lambda row, by: row

    def __post_init__(self) -> None:
        """A noun that lacks a part stops the program's start."""
        if not self.about or ((self.change or self.merge) and not self.about_one):
            raise ImproperlyConfigured(f"The noun {self.name} of the API does not say what it is.")
        if self.merge and not self.merge.about:
            raise ImproperlyConfigured(f"The merge of {self.name} does not say what it does.")
        known_permission(self.view, f"the noun {self.name} of the API")
        for write in filter(None, (self.create, self.change)):
            if lost := set(ids_of((write.shape or self.shape)())) - self.doors.keys():
                raise ImproperlyConfigured(f"The noun {self.name}: no door shows {sorted(lost)}.")
        _declared.append(self)

    def addresses(self) -> list[URLPattern]:
        """The list's, and one's own."""
        _addressed.append(self)
        base, found = self.address or self.plural.lower(), self.plural.lower()
        one = self.name.lower()
        many = _many_and_new(self, self.create) if self.create else _many(self)
        if self.new is not None:
            both = {**many.permissions, **self.new.permissions}
            many = type(self.plural, (self.new, many), {"permissions": both})
        urls = [route(base, self._view(many, self.plural, self.about), found)]
        if self.about_one:
            own = _one_and_change(self, self.change) if self.change else _one(self)
            own = self._view(own, f"{self.name}Detail", self.about_one)
            urls.append(route(f"{base}/<int:pk>", own, one))
        if self.merge is not None:
            merge = self._view(_merge(self, self.merge), f"{self.name}Merge", self.merge.about)
            urls.append(route(f"{base}/<int:pk>/merge", merge, f"{one}-merge"))
        return urls

    def _view(self, view: type[V], name: str, about: str) -> type[V]:
        view.__name__ = view.__qualname__ = name
        view.__doc__ = about
        return view

    def found(self, view: HouseView, request: Request, pk: int) -> Any:
        """The row that an address names, for who may do what is asked."""
        if not self.scoped:
            view.check(request)
        row = self.rows(request.user).get(pk=pk)
        if self.scoped:
            view.check(request, row)
        return row

    def values(self, view: HouseView, request: Request, write: Write, **kwargs: Any) -> Values:
        """The checked body, its ids as rows. Raises Missing with the field."""
        body = view.body(request, write.shape or self.shape, **kwargs)
        return through(self.doors, body, request.user)

    def answer(self, request: Request, row: Any, status: int = 200) -> Response:
        """What who wrote reads."""
        return detail(request, self.noted(row, request.user), self.made or self.shape, status)


def faults() -> Iterator[str]:
    """Nouns that were declared and have no address."""
    for noun in _declared:
        if not any(noun is one for one in _addressed):
            yield f"The noun {noun.name} of the API is in no api_urls.py."


def _many(noun: Resource) -> type[ListView]:
    class Many(ListView):
        output = noun.shape
        permissions = {"GET": noun.view}
        filters = noun.filters
        subject = noun.subject
        orderings = noun.orderings

        def rows(self, request: Request) -> QuerySet[Any]:
            by = request.user
            return noun.listed(by, self.query) if noun.listed else noun.rows(by)

        @extend_schema(operation_id=f"list{noun.plural}", responses=page_of(noun.shape))
        def get(self, request: Request) -> Response:
            return self.page(request)

    return Many


def _many_and_new(noun: Resource, create: Write) -> type[ListView]:
    many: Any = _many(noun)

    class ManyAndNew(many):  # type: ignore[misc]  # made above
        permissions = {"GET": noun.view, "POST": create.needs}

        @extend_schema(
            operation_id=f"{create.verb}{noun.name}",
            request=create.shape or noun.shape,
            responses={create.status: noun.made or noun.shape},
        )
        def post(self, request: Request) -> Response:
            self.check(request)

            def do() -> Response:
                values = noun.values(self, request, create)
                row = create.do(by=self.by(request), **values)
                return noun.answer(request, row, create.status)

            return once(request, do)

    made: type[ListView] = ManyAndNew
    return made


def _one(noun: Resource) -> type[HouseView]:
    class One(HouseView):
        output = noun.shape
        permissions = {"GET": noun.view}

        @extend_schema(operation_id=f"get{noun.name}", responses=noun.shape)
        def get(self, request: Request, pk: int) -> Response:
            return detail(request, noun.found(self, request, pk), noun.shape)

    return One


def _one_and_change(noun: Resource, change: Write) -> type[HouseView]:
    one: Any = _one(noun)

    class OneAndChange(one):  # type: ignore[misc]  # made above
        permissions = {"GET": noun.view, "PATCH": change.needs}

        @extend_schema(
            operation_id=f"change{noun.name}",
            request=(change.shape or noun.shape)(partial=True),
            responses=noun.made or noun.shape,
        )
        def patch(self, request: Request, pk: int) -> Response:
            row = noun.found(self, request, pk)
            expect_version(request, row.version)
            values = noun.values(self, request, change, partial=True)
            row = change.do(row, by=self.by(request), version=row.version, **values)
            return noun.answer(request, row)

    made: type[HouseView] = OneAndChange
    return made


def _merge(noun: Resource, merge: Write) -> type[HouseView]:
    class Merge(HouseView):
        permissions = {"POST": merge.needs}

        @extend_schema(operation_id=f"merge{noun.name}", request=MergeInput, responses=noun.shape)
        def post(self, request: Request, pk: int) -> Response:
            row = noun.found(self, request, pk)

            def do() -> Response:
                values = self.body(request, MergeInput)
                into = referred(noun.rows(request.user), values["into"], "into")
                into = merge.do(row, into=into, by=self.by(request), reason=values["reason"])
                return detail(request, into, noun.shape)

            return once(request, do)

    return Merge
