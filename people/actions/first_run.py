"""The first run: the district, and its first administrator by a one-time link."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import SYSTEM
from core.journal.writing import record
from core.models import District
from core.problems import Invalid, Problem, invalid_if, refuse_if
from core.time import days
from people.actions.accounts import check_password, end_links, find_link, make_link
from people.models import Membership, OneTimeLink, User
from people.roles import Role
from people.rules.numbering import prefix_problems
from people.rules.zone import zone_problems

_beginnings: list[Callable[[], Any]] = []


def register_beginning(do: Callable[[], Any]) -> None:
    """Add what a new district starts with, from an app above."""
    if do not in _beginnings:
        _beginnings.append(do)


def first_link() -> str | None:
    """The secret of the first administrator's link; None when the district is set up already."""
    if District.objects.exists():
        return None
    return make_link(OneTimeLink.Purpose.FIRST_ADMINISTRATOR, None, by=SYSTEM)


def set_up_district(
    token: str, *, district: dict[str, Any], name: str, email: str, password: str
) -> User:
    """Make the district and its first administrator. The link works once."""
    with transaction.atomic():
        link = find_link(token)
        if link.purpose != OneTimeLink.Purpose.FIRST_ADMINISTRATOR:
            raise Invalid(Problem("link", _("This link is for something else.")))
        # Two people may answer the page: the conditional update lets one through.
        if not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=days.now()):
            raise Invalid(Problem("link", _("This link was just used.")))
        end_links(None)  # two programs that start at once may each have made one
        if District.objects.exists():
            refuse_if([Problem("set-up", _("The district is set up already."))])
        # What a command brought before this lies on days of the zone that stood in.
        zone = str(district.get("time_zone"))
        problems = list(zone_problems(days.zone().key, zone))
        invalid_if(p for p in problems if p.code == "time-zone")
        refuse_if(problems)
        check_password(password, User(email=email, name=name))
        row = District(**district)
        refuse_if(prefix_problems(row.tag_prefix, row.tag_length))
        row.save(force_insert=True)
        user = User(email=email.strip(), name=name.strip())
        user.set_password(password)
        user.save()
        membership = Membership.objects.create(
            user=user, role=Role.ADMINISTRATOR, school=None, starts_on=days.today()
        )
        record("district.set_up", row, by=user, created=True)
        record("user.created", user, by=user, created=True, rows=[membership])
        for begin in _beginnings:
            begin()
    return user
