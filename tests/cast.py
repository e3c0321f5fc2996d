"""The cast: who meets whom in every test."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import District
from core.time import days
from funding.actions import create_award, create_program, grant_award_access
from funding.models import Award
from people.models import AccessToken, Membership, Person, Room, School, User
from people.roles import PERMISSIONS, Role
from people.tokens import new_token
from tests.factories import made, make_student
from tests.forms import Browser


def make_user(name: str, role: str | None, school: School | None = None, **values: Any) -> User:
    """A user with one membership (none: no rights at all)."""
    user = User(email=f"{name.lower()}@example.org", name=name, **values)
    user.set_password("a long pass phrase")
    user.save()
    memberships = []
    if role:
        first = date(2020, 1, 1)
        memberships.append(
            Membership.objects.create(user=user, role=role, school=school, starts_on=first)
        )
    return made(user, rows=memberships)


@pytest.fixture
def district(db: None) -> District:
    return made(
        District.objects.create(
            name="Riverbend Unified",
            uei="RVRBND123456",
            ben="16012345",
            public_address="http://testserver",
        )
    )


def _school(code: str, name: str) -> School:
    school = made(School.objects.create(code=code, name=name))
    for number in ("101", "102", "LIB"):
        made(Room.objects.create(school=school, building="Main", code=number))
    return school


@pytest.fixture
def lincoln(district: District) -> School:
    return _school("LIN", "Lincoln Middle School")


@pytest.fixture
def washington(district: District) -> School:
    return _school("WAS", "Washington Elementary")


@pytest.fixture
def room(lincoln: School) -> Room:
    return lincoln.rooms.get(code="101")


@pytest.fixture
def library(lincoln: School) -> Room:
    return lincoln.rooms.get(code="LIB")


@pytest.fixture
def maria(lincoln: School) -> Person:
    return make_student(school=lincoln)


@pytest.fixture
def jamal(lincoln: School) -> Person:
    return make_student(school=lincoln, first="Jamal", last="Reed", grade="8")


@pytest.fixture
def arp(district: District) -> Award:
    program = create_program(
        by=SYSTEM,
        code="ARP",
        name="ARP ESSER",
        family="ug",
        aln="84.425U",
        allowable_from=date(2020, 3, 13),
    )
    return create_award(
        by=SYSTEM,
        program=program,
        name="ARP ESSER 2021",
        fain="S425U210035",
        pass_through="State Department of Education",
        period_start=date(2021, 3, 24),
        period_end=date(2024, 9, 30),
        title_holder="District",
    )


@pytest.fixture
def local(district: District) -> Award:
    program = create_program(by=SYSTEM, code="LOCAL", name="Local funds", family="local")
    return create_award(by=SYSTEM, program=program, name="General fund")


@pytest.fixture
def ana(district: District) -> User:
    return make_user("Ana", Role.ADMINISTRATOR)


@pytest.fixture
def tom(lincoln: School) -> User:
    return make_user("Tom", Role.TECHNICIAN, lincoln)


@pytest.fixture
def fay(district: District) -> User:
    return make_user("Fay", Role.FINANCE)


@pytest.fixture
def vic(lincoln: School) -> User:
    return make_user("Vic", Role.VIEWER, lincoln)


@pytest.fixture
def ned(washington: School) -> User:
    return make_user("Ned", Role.TECHNICIAN, washington)


@pytest.fixture
def ada(arp: Award) -> User:
    user = make_user("Ada", None)
    grant_award_access(arp, to=user, by=SYSTEM, ends_on=days.today() + timedelta(days=90))
    return user


@pytest.fixture
def rob(district: District) -> User:
    return make_user("Rob", Role.SERVICE, kind=User.Kind.SERVICE)


@pytest.fixture
def cast(
    ana: User, tom: User, fay: User, vic: User, ned: User, ada: User, rob: User
) -> dict[str, User | None]:
    """Everybody, by name; nobody is None."""
    return {
        "ana": ana,
        "tom": tom,
        "fay": fay,
        "vic": vic,
        "ned": ned,
        "ada": ada,
        "rob": rob,
        "nobody": None,
    }


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """A browser signed in as somebody (not at all for None)."""

    def make(user: User | None) -> Client:
        client = Browser()
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture
def token_of() -> Callable[[User], str]:
    """A token with every scope; the user's roles still decide."""

    def make(user: User, scopes: list[str] | None = None) -> str:
        prefix, text, hashed = new_token()
        made(
            AccessToken.objects.create(
                user=user,
                name="test",
                prefix=prefix,
                token_hash=hashed,
                created_at=days.now(),
                scopes=sorted(PERMISSIONS) if scopes is None else scopes,
                expires_at=days.now() + timedelta(days=1),
            )
        )
        return text

    return make


@pytest.fixture
def api_of(token_of: Callable[..., str]) -> Callable[[User | None], Client]:
    """An API client with somebody's token."""

    def make(user: User | None, **kwargs: Any) -> Client:
        if user is None:
            return Client()
        return Client(headers={"authorization": f"Bearer {token_of(user, **kwargs)}"})

    return make


def again(user: User) -> User:
    """The user as a new request would load them (no cached memberships)."""
    return User.objects.get(pk=user.pk)
