"""Who sees what. Every read starts at `visible_to(by)`; every action asks `require`.

Each membership is a `Grant` of its own: where it reaches, what its role allows there, whether
people show by name. What somebody may do with a thing, or see of it, is asked of the grants that
reach that thing; two memberships never lend each other anything. Providers of grants (memberships
by school from people, along other ways from others) register here, so that the door stays one
whichever app adds a reason to see something.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.utils.translation import gettext as _

from core.permissions import known_permission
from core.problems import NotPermitted, Problem
from core.registering import take


class System:
    """The application itself: migrations, the sweeper, the demonstration."""

    pk = None
    is_authenticated = True

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return True

    def __repr__(self) -> str:
        return "SYSTEM"


SYSTEM = System()
Actor = AbstractBaseUser | System
MaybeActor = AbstractBaseUser | AnonymousUser | System | None
#: Asked like a permission: where people show by their names.
NAMES = "core.names_people"
#: A way by which something is reached beside its school, and the key of what it is reached by.
Along = tuple[str, int]


@dataclass(frozen=True)
class Grant:
    """One membership: what it allows at one school, along one way, or (neither) everywhere."""

    permissions: frozenset[str]
    school: int | None = None
    along: Along | None = None

    @property
    def everywhere(self) -> bool:
        return self.school is None and self.along is None


@dataclass(frozen=True)
class Scope:
    """Where somebody holds one permission: everywhere, or at some schools and along some ways."""

    everything: bool = False
    schools: frozenset[int] = frozenset()
    along: frozenset[Along] = frozenset()
    permission: str = ""

    @property
    def empty(self) -> bool:
        return not (self.everything or self.schools or self.along)

    def by(self, way: str) -> frozenset[int]:
        """The keys of what it reaches along one way."""
        return frozenset(pk for name, pk in self.along if name == way)

    def beyond_schools(self) -> "Scope":
        """What of it is reached otherwise than by a school."""
        return Scope(along=self.along, permission=self.permission)


EVERYTHING = Scope(everything=True)
NOTHING = Scope()
Provider = Callable[[Any], Iterable[Grant]]
_providers: dict[Provider, frozenset[str] | None] = {}
#: Way -> the attribute of a row at hand that says along which one it is reached.
_ways: dict[str, str] = {}
#: What is asked like a permission -> the permission without which no token holds it.
_within: dict[str, str] = {}


def register_way(name: str, attribute: str) -> None:
    """Add a way by which memberships reach things, wherever these are. Rows with the attribute are
    reached by its key; models with `beyond_school` say by `scope_q` which of theirs are."""
    take(_ways, name, attribute, "the attribute of a way")


def register_within(asked: str, permission: str) -> None:
    """Say which permission a token must hold for something that is asked like one."""
    take(_within, asked, known_permission(permission, asked), "what a token must hold")


def register_grants(provider: Provider, gives: frozenset[str] | None = None) -> None:
    """Add a reason to see something. `gives`: the most that its
    grants allow; who holds all of that everywhere is not asked for more."""
    _providers.setdefault(provider, gives)


def grants_of(by: MaybeActor) -> tuple[Grant, ...]:
    """What somebody's memberships allow, each for itself; read once a request (kept on the user).
    Nobody, anonymous and inactive users have none."""
    if by is None or isinstance(by, System) or not by.is_authenticated:
        return ()
    if not getattr(by, "is_active", False):
        return ()
    held: tuple[Grant, ...] | None = getattr(by, "_grants", None)
    if held is None:
        found: list[Grant] = []
        for provider, gives in _providers.items():
            if gives is None or not any(g.everywhere and gives <= g.permissions for g in found):
                found += provider(by)
        held = tuple(found)
        if strange := {g.along[0] for g in held if g.along} - _ways.keys():
            raise LookupError(f"nobody registered the way {', '.join(sorted(strange))}")
        by._grants = held  # type: ignore[attr-defined]  # kept on the user
    return held


def scope_of(by: MaybeActor, permission: str = "", *, token: bool = True) -> Scope:
    """Where `by` holds a permission (none: where any membership reaches). A token that lacks the
    permission holds it nowhere; `token=False` asks what its user's memberships say."""
    if isinstance(by, System):
        return EVERYTHING
    scopes: frozenset[str] | None = getattr(by, "_token_scopes", None) if token else None
    scoped = _within.get(permission, permission)
    if scoped and scopes is not None and scoped not in scopes:
        return NOTHING
    held = [g for g in grants_of(by) if not permission or permission in g.permissions]
    return Scope(
        everything=any(g.everywhere for g in held),
        schools=frozenset(g.school for g in held if g.school is not None),
        along=frozenset(g.along for g in held if g.along is not None),
        permission=permission,
    )


def each(scope: Scope) -> list[Scope]:
    """What a scope joins, one by one: each school, each way. What takes one membership that
    reaches all of something is asked of each of them."""
    return [replace(scope, schools=frozenset({pk}), along=frozenset()) for pk in scope.schools] + [
        replace(scope, schools=frozenset(), along=frozenset({way})) for way in scope.along
    ]


def inside(scope: Scope, objs: Iterable[Any]) -> list[bool]:
    """Which of some objects (of one kind) a scope reaches: at most one query for them all."""
    rows = list(objs)
    if scope.everything or scope.empty:
        return [scope.everything] * len(rows)
    known = [_at_hand(scope, row) for row in rows]
    asked = {row.pk for row, answer in zip(rows, known, strict=True) if answer is None}
    there: set[Any] = set()
    if asked:
        model: Any = next(type(r) for r, answer in zip(rows, known, strict=True) if answer is None)
        if hasattr(rows[0], "school_id"):
            # Where it stands now, or stood on the day it is shown as of, was looked at already.
            scope = replace(scope, schools=frozenset())
        found = model._base_manager.filter(model.scope_q(scope), pk__in=asked)
        there = set(found.values_list("pk", flat=True))
    return [r.pk in there if a is None else a for r, a in zip(rows, known, strict=True)]


def _at_hand(scope: Scope, obj: Any) -> bool | None:
    """What can be said without asking the database; None where it must be asked."""
    placed = hasattr(obj, "school_id")
    ways = [(way, getattr(obj, name)) for way, name in _ways.items() if hasattr(obj, name)]
    if (placed and obj.school_id in scope.schools) or not scope.along.isdisjoint(ways):
        return True
    if not hasattr(obj, "scope_q"):
        return not (placed or ways)  # of no school, along no way: the permission alone decides
    if not getattr(obj, "beyond_school", False) or obj.pk is None:
        return False
    return None if scope.along or not placed else False


def allowed(by: MaybeActor, permission: str, obj: Any = None) -> bool:
    """Whether a membership that reaches `obj` holds the permission. `obj` None: whether any does,
    which is enough to open a page that shows each thing by its own, and never for a thing."""
    scope = scope_of(by, permission)
    return not scope.empty if obj is None else inside(scope, [obj])[0]


M = TypeVar("M", bound=models.Model)


def staying(found: models.QuerySet[M]) -> list[M]:
    """`ScopedQuerySet.staying`, for what has no door."""
    rows = found.order_by("pk")
    if not connections[rows.db].features.has_select_for_update:
        return list(rows)  # SQLite: the transaction already holds the only write lock
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    table = connections[rows.db].ops.quote_name(rows.model._meta.db_table)
    held = rows.model._base_manager.using(rows.db).raw(f"{sql} FOR KEY SHARE OF {table}", params)
    return list(held)


class ScopedQuerySet(models.QuerySet[M], Generic[M]):
    """A query set with the door: the model says `scope_q(scope)`, and in `seen_with` the permission
    that a membership needs to make its rows visible."""

    def visible_to(self, by: MaybeActor, permission: str = "") -> Self:
        """Only the rows that `by` may know of (with `permission`: where they hold it too); none for
        nobody."""
        seen_with: str = getattr(self.model, "seen_with", "")
        scope = scope_of(by, permission) if permission else scope_of(by, seen_with, token=False)
        return self.reached_by(scope)

    def reached_by(self, scope: Scope) -> Self:
        if scope.everything:
            return self
        if scope.empty:
            return self.none()
        # Whoever has this door says its scope, and else fails at the first look.
        return self.filter(self.model.scope_q(scope))  # type: ignore[attr-defined]

    def locked(self) -> Self:
        """The rows in key order, locked until the transaction ends (two desks cannot deadlock)."""
        if connections[self.db].features.has_select_for_update:
            return self.order_by("pk").select_for_update(of=("self",))
        return self.order_by("pk")  # SQLite: the transaction already holds the only write lock

    def staying(self) -> list[M]:
        """The rows in key order, which nobody who locks them for a change gets before this
        transaction ends. Any number may hold them so at once: they wait for no one but that one."""
        return staying(self)

    def for_change(self, pk: Any) -> M:
        """The one row, locked. Raises DoesNotExist where it is not there or not yours (404)."""
        if len(self.query.alias_map) <= 1 and not self.query.distinct:
            return self.locked().get(pk=pk)
        # A subquery keeps joins of the scope (and DISTINCT) out of FOR UPDATE.
        return (
            type(self)(self.model, using=self.db)
            .filter(pk__in=self.values("pk"))
            .locked()
            .get(pk=pk)
        )


def may(by: MaybeActor, perm: str, obj: Any = None) -> bool:
    """Whether `by` has a permission on something; nobody has none."""
    # Each user model here has permissions.
    return by is not None and bool(by.has_perm(perm, obj))  # type: ignore[union-attr]


def may_each(by: MaybeActor, perm: str, objs: Sequence[Any]) -> list[bool]:
    """`may` for several objects of one kind, in their order: at most one query."""
    return inside(scope_of(by, perm), objs)


def require(by: MaybeActor, perm: str, obj: Any = None) -> None:
    """Raise NotPermitted (403) unless `by` has `perm` on `obj`."""
    if not may(by, perm, obj):
        _refuse(perm)


def require_all(by: MaybeActor, perm: str, objs: Iterable[Any]) -> None:
    """`require` for several objects of one kind: at most one query."""
    if not all(may_each(by, perm, list(objs))):
        _refuse(perm)


def _refuse(perm: str) -> None:
    raise NotPermitted(
        Problem(
            "not-permitted",
            _("Your role does not allow this here. Ask your district administrator for it."),
            data={"permission": perm},
        )
    )
