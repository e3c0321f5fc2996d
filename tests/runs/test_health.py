"""Health says that the process answers; readiness says the truth about what it needs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from core.models import Heart
from core.ops import sweeping
from core.time import days
from tests.servers import free_port

pytestmark = pytest.mark.django_db


def ready(client: Client) -> tuple[int, dict[str, bool]]:
    response = client.get("/readyz")
    return response.status_code, response.json()["checks"]


def test_ready_only_while_a_sweeper_goes_round(client: Client) -> None:
    assert ready(client) == (
        503,
        {"database": True, "migrations": True, "sweeper": False, "broker": True, "disk": True},
    )
    sweeping.sweep()
    assert ready(client)[0] == 200
    Heart.objects.update(beat_at=days.now() - timedelta(minutes=3))
    assert ready(client)[0] == 503
    assert client.get("/healthz").json() == {"status": "ok"}


def test_not_ready_while_the_broker_is_away(client: Client, settings: Any) -> None:
    sweeping.sweep()
    settings.BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    status, checks = ready(client)
    assert (status, checks["broker"], checks["database"]) == (503, False, True)


def test_not_ready_while_the_queue_cannot_be_written(client: Client, settings: Any) -> None:
    sweeping.sweep()
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = options | {"data_folder_in": "/nowhere"}
    assert ready(client)[1]["broker"] is False


def test_not_ready_while_the_disk_is_nearly_full(client: Client, settings: Any) -> None:
    sweeping.sweep()
    answer = client.get("/readyz").json()
    assert answer["free_bytes"].keys() == {"data", "backups"}
    settings.LEAST_FREE_MB = answer["free_bytes"]["data"] // 1024**2 + 10_000
    status, checks = ready(client)
    assert (status, checks["disk"], checks["database"]) == (503, False, True)


def test_not_ready_while_the_data_folder_cannot_be_written(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweeping.sweep()
    monkeypatch.setattr("core.ops.disk.os.access", lambda *args: False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["disk"]) == (503, False)
    assert answer.json()["free_bytes"] == {"data": None, "backups": None}


def test_not_ready_and_no_error_while_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise connection.Database.OperationalError("away")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        status, checks = ready(client)
        assert client.get("/healthz").status_code == 200
    assert (status, checks["database"]) == (503, False)


def test_not_ready_before_the_database_is_migrated(client: Client) -> None:
    sweeping.sweep()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reports'")
    assert ready(client)[1]["migrations"] is False


def test_health_is_asked_from_within_without_tls(client: Client, settings: Any) -> None:
    sweeping.sweep()
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/sign-in/").status_code == 301
