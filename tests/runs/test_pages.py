"""The pages of runs: progress, canceling, trying again, and nobody else's."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.models import Run
from core.time import days
from people.models import User

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def make_run(owner: User, **values: object) -> Run:
    now = days.now()
    return Run.objects.create(
        kind="report", owner=owner, available_at=now, created_at=now, **values
    )


def test_fay_watches_her_report_and_stops_it(fay: User, client_of: Of) -> None:
    run = make_run(fay, state="running", done=1, total=4, attempts=1)
    client = client_of(fay)
    page = client.get(f"/runs/{run.pk}/").content.decode()
    assert 'value="25"' in page
    assert "Report" in page
    fragment = client.get(f"/runs/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "every 1s" in fragment
    assert client.post(f"/runs/{run.pk}/cancel/").status_code == 302
    page = client.get(f"/runs/{run.pk}/").content.decode()
    assert "Canceled" in page
    assert "every 1s" not in page, "nobody asks about a run that is over"
    assert client.post(f"/runs/{run.pk}/cancel/").status_code == 409


def test_fay_reads_why_her_report_failed_and_tries_again(fay: User, client_of: Of) -> None:
    run = make_run(fay, state="failed", reason="The award is closed.", attempts=5)
    client = client_of(fay)
    assert "The award is closed." in client.get(f"/runs/{run.pk}/").content.decode()
    client.post(f"/runs/{run.pk}/retry/")
    run.refresh_from_db()
    assert (run.state, run.attempts, run.reason) == ("waiting", 0, "")


def test_nobody_sees_or_stops_the_run_of_another(
    fay: User, tom: User, ana: User, client_of: Of
) -> None:
    run = make_run(fay)
    for path in ("", "cancel/", "retry/"):
        url = f"/runs/{run.pk}/{path}"
        client = client_of(tom)
        assert (client.post(url) if path else client.get(url)).status_code == 404
    run.refresh_from_db()
    assert run.state == "waiting"
    assert f"/runs/{run.pk}/" not in client_of(tom).get("/runs/").content.decode()
    assert f"/runs/{run.pk}/" in client_of(ana).get("/runs/").content.decode()


def test_the_page_of_a_result_is_loaded_when_the_result_is_there(fay: User, client_of: Of) -> None:
    run = make_run(fay, state="finished", result={"url": "/reports/7/"})
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/reports/7/"}
    assert client_of(fay).get(f"/runs/{run.pk}/", headers=asked)["HX-Refresh"] == "true"
    asked["HX-Current-URL"] = f"http://testserver/runs/{run.pk}/"
    answer = client_of(fay).get(f"/runs/{run.pk}/", headers=asked)
    assert "HX-Refresh" not in answer.headers
    assert "/reports/7/" in answer.content.decode()
