"""What a Prometheus is told: how requests fare and whether work is done; never who or what."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from core import runs
from core.access import SYSTEM
from core.backup import nightly
from core.models import Heart
from core.time import days
from people.models import School, User
from tests.api.test_strict import Api
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.fixture
def told(rob: User, api_of: Api) -> Callable[[], dict[str, float]]:
    """Each figure by its name and labels, as Prometheus reads it."""
    api = api_of(rob, scopes=["core.view_metrics"])

    def read() -> dict[str, float]:
        answer = api.get("/api/v1/metrics", headers={"Accept": "application/openmetrics-text"})
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/plain; version=")
        lines = answer.content.decode().splitlines()
        return {
            name: float(value)
            for name, _space, value in (x.rpartition(" ") for x in lines if not x.startswith("#"))
        }

    return read


def test_requests_are_counted_by_route_and_status(
    told: Callable[[], dict[str, float]], tom: User, lincoln: School, client_of: Of
) -> None:
    asset = make_asset(school=lincoln, tag="998877")
    name = 'district_request_seconds_count{method="GET",route="asset",status="%s"}'
    before = told()
    client = client_of(tom)
    client.get(f"/assets/{asset.pk}/?q=998877")
    client.get("/assets/0/")
    client.get("/no/such/address/")
    after = told()
    grown = {k for k, v in after.items() if k.endswith("}") and v > before.get(k, 0)}
    assert {name % 200, name % 404} <= grown
    assert any('route="none"' in k for k in grown)
    assert not [k for k in after if re.search(r"998877|no/such|Tom|LIN", k)]


def test_work_that_is_not_done_shows(told: Callable[[], dict[str, float]], lincoln: School) -> None:
    make_asset(school=lincoln)
    runs.start("backup", {}, by=SYSTEM)
    Heart.objects.update_or_create(name="sweeper", defaults={"beat_at": days.now()})
    assert told()['district_runs{state="waiting"}'] == 1
    with time_machine.travel(days.now() + timedelta(seconds=300)):
        later = told()
    for name in ("run_waiting", "entry_unsealed", "sweeper"):
        assert 300 <= later[f"district_{name}_seconds"] < 360, name
    assert "district_backup_seconds" not in later, "there was none: nothing to be proud of"


@pytest.mark.django_db(transaction=True)
def test_the_age_of_the_last_backup_shows(
    told: Callable[[], dict[str, float]], lincoln: School, tmp_path: Any
) -> None:
    nightly.make_backup(tmp_path / "a.zip")
    assert 0 <= told()["district_backup_seconds"] < 60
