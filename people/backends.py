"""The one permission backend: memberships answer `has_perm`, passwords open the door."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from core import days
from core.access import Scope
from people.models import Membership, User
from people.roles import DISTRICT_WIDE, allows


def memberships_of(user: Any) -> list[Membership]:
    """The user's memberships in force today; read once per request (cached on the object)."""
    cached: list[Membership] | None = getattr(user, "_memberships", None)
    if cached is None:
        held = list(Membership.objects.filter(user_id=user.pk))
        # Where no role begins or ends these days, the date is good enough without the district's
        # zone, and a request asks one thing less.
        today = days.now().date()
        ends = [day for m in held for day in (m.starts_on, m.ends_on) if day]
        if any(abs((day - today).days) <= 1 for day in ends):
            today = days.today()
        cached = [m for m in held if m.gives_rights_on(today)]
        user._memberships = cached
    return cached


def scope_from_memberships(user: Any) -> Scope:
    """Schools from memberships; a membership without a school sees the district."""
    held = memberships_of(user)
    return Scope(
        everything=any(m.school_id is None for m in held),
        schools=frozenset(m.school_id for m in held if m.school_id),
        pseudonyms=not held,
    )


class MembershipBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **kwargs: Any
    ) -> User | None:
        user: User | None = User.objects.filter(
            email__iexact=username, kind=User.Kind.PERSON
        ).first()
        if user is None:
            make_password(password)  # the same time as for somebody who exists
            return None
        if user.check_password(password) and user.is_active:
            return user
        return None

    def get_user(self, user_id: int) -> User | None:
        found: User | None = User.objects.filter(pk=user_id, is_active=True).first()
        return found

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """`obj` None asks: anywhere? An object with a school asks: at that school?"""
        scopes = getattr(user_obj, "_token_scopes", None)
        if scopes is not None and perm not in scopes:
            return False
        school_id = getattr(obj, "school_id", None)
        for m in memberships_of(user_obj):
            here = m.school_id is None or (
                perm not in DISTRICT_WIDE and school_id in (None, m.school_id)
            )
            if here and allows(m.role, perm):
                return True
        return any(extra(user_obj, perm, obj) for extra in _extra)


_extra: list[Any] = []


def register_permission_provider(provider: Any) -> None:
    """Add a reason to hold a permission: provider(user, perm, obj) -> bool (award memberships)."""
    if provider not in _extra:
        _extra.append(provider)
