"""Front pages of all roles, and what each counts: the lists of the queues and of the register."""

import re

from django.db import connection
from django.test import Client

from benchmarks.figure import Figure, seconds
from core.access import SYSTEM
from funding.actions import invite_auditor
from funding.models import Award
from people.models import Membership, User
from people.roles import Role

GOAL = 2.0
#: What PostgreSQL starts with where nobody set anything.
DEFAULTS = {"work_mem": "4MB", "random_page_cost": "4", "jit": "on", "effective_cache_size": "4GB"}
_LISTS = re.compile(r'href="(/(?:assets|purchases)/\?[^"]*)"')


def _each(role: str, user: User) -> dict[str, float]:
    """Seconds of the front page of somebody and of each list that it leads to."""
    client = Client()
    client.force_login(user)
    took, pages = {}, ["/"]
    for page in pages:
        answers = []
        took[f"{role} {page}"] = seconds(lambda: answers.append(client.get(page)))  # noqa: B023
        if answers[0].status_code != 200:
            raise RuntimeError(f"{page} does not answer 200 to {user.email}")
        if page == "/":
            links = _LISTS.findall(answers[0].content.decode())
            pages += sorted({link.replace("&amp;", "&") for link in links})
    return took


def run() -> list[Figure]:
    """The slowest front page and the slowest of their lists, each asked once, with PostgreSQL's own
    settings in the session."""
    with connection.cursor() as cursor:
        for name, value in DEFAULTS.items():
            cursor.execute(f"SET {name} = %s", [value])
    rows = Membership.objects.select_related("user").exclude(role=Role.SERVICE)
    people: dict[str, User] = {str(m.role): m.user for m in rows.order_by("-pk")}
    award = Award.objects.order_by("pk")[0]
    people["auditor"], _link = invite_auditor(
        f"auditor{User.objects.count()}@demo.example", "Ada", award=award, by=SYSTEM
    )
    took: dict[str, float] = {}
    for role, user in people.items():
        took |= _each(role, user)
    fronts = {name: s for name, s in took.items() if name.endswith(" /")}
    lists = {name: s for name, s in took.items() if name not in fronts}
    return [
        Figure(
            "F",
            f"{what}, the slowest of {len(of)} ({slowest})",
            f"{of[slowest]:.2f} s",
            "none",
            "-",
            "under 2 s at 1,000,000 assets",
            of[slowest] < GOAL,
        )
        for what, of in (("front page", fronts), ("list that it leads to", lists))
        if of
        for slowest in [max(of, key=lambda name: of[name])]
    ]
