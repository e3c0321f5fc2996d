"""The one permission backend: memberships answer `has_perm`, passwords open the door."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from core.access import Grant, allowed
from core.time import days
from people.models import Membership, User
from people.roles import allowed_at_a_school, allowed_everywhere, known


def memberships_of(user: Any) -> list[Membership]:
    """The user's memberships in force today."""
    held = list(Membership.objects.filter(user_id=user.pk))
    # Where no role begins or ends these days, the date is good enough without the district's
    # zone, and a request asks one thing less.
    today = days.now().date()
    ends = [day for m in held for day in (m.starts_on, m.ends_on) if day]
    if any(abs((day - today).days) <= 1 for day in ends):
        today = days.today()
    return [m for m in held if m.gives_rights_on(today)]


def grants_from_memberships(user: Any) -> list[Grant]:
    """One grant a membership; one without a school reaches the district."""
    return [
        Grant(allowed_everywhere(m.role))
        if m.school_id is None
        else Grant(allowed_at_a_school(m.role), school=m.school_id)
        for m in memberships_of(user)
    ]


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
        """`obj` None asks: anywhere? Else the memberships that reach the object answer."""
        return allowed(user_obj, known(perm), obj)
