"""To see everybody's runs is one right; to cancel them or try them again is another."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.models import Run
from core.time import days
from people.models import School, User
from people.roles import DISTRICT_WIDE, Role
from tests.cast import make_user

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def _run(owner: User, state: str) -> Run:
    now = days.now()
    return Run.objects.create(
        kind="report", owner=owner, state=state, available_at=now, created_at=now
    )


def test_a_director_watches_the_runs_of_others_and_stops_none(
    ana: User, fay: User, client_of: Of
) -> None:
    director = make_user("Dora", Role.TECHNOLOGY_DIRECTOR)
    waiting, failed = _run(fay, "waiting"), _run(fay, "failed")
    browser = client_of(director)
    for run, act in ((waiting, "cancel"), (failed, "retry")):
        page = browser.get(f"/runs/{run.pk}/")
        assert page.status_code == 200
        assert f"/runs/{run.pk}/{act}/" not in page.content.decode()
        assert browser.post(f"/runs/{run.pk}/{act}/").status_code == 403
        run.refresh_from_db()
    assert (waiting.state, failed.state) == ("waiting", "failed")
    assert client_of(ana).post(f"/runs/{waiting.pk}/cancel/").status_code == 302
    assert client_of(fay).post(f"/runs/{failed.pk}/retry/").status_code == 302, "her own"


def test_nobody_at_one_school_manages_runs(lincoln: School, fay: User, client_of: Of) -> None:
    assert "core.manage_runs" in DISTRICT_WIDE
    eve = make_user("Eve", Role.ADMINISTRATOR, lincoln)
    run = _run(fay, "waiting")
    assert client_of(eve).post(f"/runs/{run.pk}/cancel/").status_code == 404
