"""Health and readiness, without anything personal."""

import os
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from core.models import Heart
from core.ops import disk
from core.time import days


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations, sweeper, broker, room on the disk; 503 where one is not there."""
    free = disk.free()
    checks = {
        "database": False,
        "migrations": False,
        "sweeper": False,
        "broker": _broker(),
        "disk": disk.enough(free),
    }
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        beat = Heart.objects.filter(name="sweeper").values_list("beat_at", flat=True).first()
        checks["sweeper"] = beat is not None and beat > days.now() - timedelta(minutes=2)
    except Exception:  # noqa: BLE001, S110 - whatever it is, we are not ready; the answer says so
        pass
    good = all(checks.values())
    state = {"status": "ok" if good else "not ready", "checks": checks, "free_bytes": free}
    return JsonResponse(state, status=200 if good else 503)


def _broker() -> bool:
    if settings.BROKER_URL.startswith("filesystem"):
        folder = str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
        return os.access(folder, os.W_OK)
    import redis  # the embedded profile has no use for it

    try:
        return bool(
            redis.Redis.from_url(
                settings.BROKER_URL, socket_timeout=1, socket_connect_timeout=1
            ).ping()
        )
    except redis.RedisError:
        return False
