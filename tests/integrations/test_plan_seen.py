"""What is applied is the plan on the screen; an act from a page of an older plan does nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset, Category
from core.models import Entry
from integrations.models import ImportSession, SavedMapping
from people.models import School, User
from tests.cast import make_user
from tests.forms import forms_of, sent
from tests.integrations.conftest import look_at, work

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
ROWS = """Tag,Description,Price,Category
Q1,Desk,500.00,Equipment
Q2,Desk,500.00,Equipment
Q3,Chair,1.00,Gizmo
"""
CHANGED = "The plan changed since you looked"


@pytest.fixture
def session(equipment: Category, lincoln: School, ana: User) -> ImportSession:
    return look_at(ROWS, by=ana)


@pytest.fixture
def dora(ana: User) -> User:
    return make_user("Dora", "administrator", None)


def url(session: ImportSession, act: str = "") -> str:
    return f"/imports/{session.pk}/{act and act + '/'}"


def opened(client: Client, session: ImportSession) -> str:
    return client.get(url(session)).content.decode()


def mapping(page: str, session: ImportSession) -> dict[str, Any]:
    return sent(page, url(session), "column-0")


def test_what_another_mapped_meanwhile_is_not_applied_unseen(
    session: ImportSession, ana: User, dora: User, client_of: Of
) -> None:
    client = client_of(ana)
    seen = opened(client, session)
    apply = next(f for f in forms_of(seen, url(session)) if f.action.endswith("/apply/"))
    hers = client_of(dora)
    theirs = mapping(opened(hers, session), session) | {"column-2": ""}
    assert hers.post(url(session, "map"), theirs).status_code == 302
    entries = Entry.objects.count()
    for old in (apply.values, {}):
        answer = client.post(apply.action, old)
        assert answer.status_code == 412 and CHANGED in answer.content.decode()
    session.refresh_from_db()
    assert (session.state, Entry.objects.count()) == ("previewed", entries)
    again = opened(client, session)
    apply = next(f for f in forms_of(again, url(session)) if f.action.endswith("/apply/"))
    assert client.post(apply.action, apply.values).status_code == 302
    work(ImportSession.objects.get(pk=session.pk))
    assert set(Asset.objects.values_list("tag", flat=True)) == {"Q1", "Q2"}


def test_an_older_page_says_nothing_anew_of_columns_and_rows(
    session: ImportSession, ana: User, dora: User, client_of: Of
) -> None:
    client = client_of(ana)
    seen = opened(client, session)
    plan = mapping(seen, session)["plan"]
    hers = client_of(dora)
    theirs = mapping(opened(hers, session), session) | {"column-2": ""}
    hers.post(url(session, "map"), theirs)
    session.refresh_from_db()
    saved, before = list(SavedMapping.objects.values_list()), session.options
    rows = list(session.rows.order_by("pk").values_list("raw", "left_out", "decisions"))
    posts = [
        ("map", mapping(seen, session)),
        ("map", {k: v for k, v in mapping(seen, session).items() if k != "plan"}),
        ("map", mapping(seen, session) | {"heading": "2"}),
        ("rows/2", {"out": "1", "plan": plan}),
        ("rows/2", {"header": "Tag", "value": "Q9", "plan": plan}),
        ("conflicts", {"kind": "other", "choice": "keep", "plan": plan}),
        ("unknown", {"all": "1", "plan": plan}),
        ("unknown", {"plan": plan}),
    ]
    for act, data in posts:
        answer = client.post(url(session, act), data)
        assert answer.status_code == 412, (act, answer.content.decode())
        assert CHANGED in answer.content.decode()
    session.refresh_from_db()
    assert (session.state, session.options) == ("previewed", before)
    assert rows == list(session.rows.order_by("pk").values_list("raw", "left_out", "decisions"))
    assert saved == list(SavedMapping.objects.values_list())
    assert ImportSession.objects.count() == 1
    assert not Category.objects.filter(name="Gizmo").exists()


def test_every_form_of_the_plan_says_which_plan_it_shows(
    session: ImportSession, ana: User, client_of: Of
) -> None:
    page = opened(client_of(ana), session)
    asked = [f for f in forms_of(page, url(session)) if f"/imports/{session.pk}/" in f.action]
    named = {f.action.removeprefix(url(session)).strip("/") for f in asked if "plan" in f.values}
    assert {"apply", "map", "unknown", "rows/2"} <= named
    without = {f.action.removeprefix(url(session)).strip("/") for f in asked} - named
    assert without <= {"discard"}


def test_leaving_out_two_rows_one_after_another_goes_on(
    session: ImportSession, ana: User, client_of: Of
) -> None:
    client = client_of(ana)
    for number in (2, 3):
        page = opened(client, session)
        address = url(session, f"rows/{number}")
        form = next(
            f for f in forms_of(page, url(session)) if f.action == address and "out" in f.values
        )
        assert client.post(address, form.values).status_code == 302
    assert session.rows.filter(left_out=True).count() == 2
