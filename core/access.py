"""Who sees what. Every read starts at `visible_to(by)`; every action asks `require`.

Scope providers (memberships by school from people, by award from funding) register here, so that
the door stays one whichever app adds a reason to see something.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext as _

from core.problems import NotPermitted, Problem


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


@dataclass(frozen=True)
class Scope:
    """What an actor sees: everything, or some schools and some awards; people by name or not."""

    everything: bool = False
    schools: frozenset[int] = frozenset()
    awards: frozenset[int] = frozenset()
    pseudonyms: bool = False

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(
            everything=self.everything or other.everything,
            schools=self.schools | other.schools,
            awards=self.awards | other.awards,
            # One membership that shows names is enough.
            pseudonyms=self.pseudonyms and other.pseudonyms,
        )

    @property
    def empty(self) -> bool:
        return not (self.everything or self.schools or self.awards)


EVERYTHING = Scope(everything=True)
NOTHING = Scope(pseudonyms=True)
_providers: list[Callable[[Any], Scope]] = []


def register_scope_provider(provider: Callable[[Any], Scope]) -> None:
    """Add a reason to see something. Called from an app's `ready`."""
    if provider not in _providers:
        _providers.append(provider)


def scope_of(by: MaybeActor) -> Scope:
    """What `by` sees. Nobody, anonymous and inactive users see nothing."""
    if isinstance(by, System):
        return EVERYTHING
    if by is None or not by.is_authenticated or not getattr(by, "is_active", False):
        return NOTHING
    cached: Scope | None = getattr(by, "_scope", None)
    if cached is None:
        cached = NOTHING
        for provider in _providers:
            if cached.everything and not cached.pseudonyms:
                break  # nothing more can be added: the other providers need not be asked
            cached = cached | provider(by)
        by._scope = cached  # type: ignore[union-attr,attr-defined]
    return cached


M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M], Generic[M]):
    """A query set with the door: the model says `scope_q(scope)`."""

    def visible_to(self, by: MaybeActor) -> Self:
        """Only the rows that `by` may know of; none for nobody."""
        scope = scope_of(by)
        if scope.everything:
            return self
        if scope.empty:
            return self.none()
        return self.filter(self.model.scope_q(scope))  # type: ignore[attr-defined]

    def locked(self) -> Self:
        """The rows in key order, locked until the transaction ends (two desks cannot deadlock)."""
        if connections[self.db].features.has_select_for_update:
            return self.order_by("pk").select_for_update(of=("self",))
        return self.order_by("pk")  # SQLite: the transaction already holds the only write lock

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


def by_school(scope: Scope, path: str = "school") -> Q:
    """Rows whose school is in the scope."""
    return Q(**{f"{path}__in": scope.schools})


def may(by: MaybeActor, perm: str, obj: Any = None) -> bool:
    """Whether `by` has a permission on something; nobody has none."""
    return by is not None and bool(by.has_perm(perm, obj))  # type: ignore[union-attr]


def require(by: MaybeActor, perm: str, obj: Any = None) -> None:
    """Raise NotPermitted (403) unless `by` has `perm` on `obj`."""
    if not may(by, perm, obj):
        raise NotPermitted(
            Problem(
                "not-permitted",
                _("Your role does not allow this here. Ask your district administrator for it."),
                data={"permission": perm},
            )
        )


def require_all(by: MaybeActor, perm: str, objs: Iterable[Any]) -> None:
    """`require` for several objects; one question per distinct school."""
    asked: set[Any] = set()
    for obj in objs:
        key = getattr(obj, "school_id", obj)
        if key not in asked:
            asked.add(key)
            require(by, perm, obj)
