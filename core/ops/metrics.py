"""Figures of operation for Prometheus: how long requests take, and whether work is being done.

Nothing personal, and nothing of what the register holds."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from core.backup import nightly
from core.journal import sealing
from core.models import Heart, Run
from core.ops import disk
from core.time import days

#: gunicorn's processes keep their figures here, so that whichever is asked answers for all.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
REQUESTS = Histogram(
    "district_request_seconds",
    "Time to answer a request",
    ["route", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=None,
)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class RequestTimes:
    """Times each request by the name of its route: an address may hold a name or a secret."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        found = request.resolver_match
        # Who invents methods or addresses must not fill the memory with figures.
        method = request.method if request.method in _METHODS else "other"
        route = found.view_name if found else "none"
        REQUESTS.labels(route, method, response.status_code).observe(time.perf_counter() - began)
        return response


def figures() -> bytes:
    """All of them in Prometheus's text format: of this machine's web processes since they were
    started, and of the database now."""
    registry = CollectorRegistry()
    if FOLDER in os.environ:
        # It has no types.
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REQUESTS)
    registry.register(_Now())
    return generate_latest(registry)


class _Now(Collector):
    """What the database says. An age is in seconds, and absent where there is nothing yet."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        counts = dict(Run.objects.order_by().values_list("state").annotate(Count("pk")))
        runs = GaugeMetricFamily("district_runs", "Runs by their state", labels=["state"])
        for state in Run.State.values:
            runs.add_metric([state], counts.get(state, 0))
        yield runs
        now = days.now()
        due = Run.objects.filter(state=Run.State.WAITING, available_at__lte=now)
        # What nobody waits for has waited for no time: an alarm on this one must fall silent.
        waiting = due.aggregate(at=Min("available_at"))["at"] or now
        yield _age("district_run_waiting_seconds", "How long the oldest due run waits", waiting)
        unsealed = sealing.unsealed().aggregate(at=Min("recorded_at"))["at"] or now
        yield _age(
            "district_entry_unsealed_seconds", "Age of the oldest entry not sealed", unsealed
        )
        head = sealing.head()[0]
        yield GaugeMetricFamily("district_seals", "Sealed entries of the journal", head)
        beat = Heart.objects.filter(name="sweeper").values_list("beat_at", flat=True).first()
        yield _age("district_sweeper_seconds", "Since the sweeper went round", beat)
        free = GaugeMetricFamily("district_disk_free_bytes", "Free space", labels=["folder"])
        for name, size in disk.free().items():
            if size is not None:
                free.add_metric([name], size)
        yield free
        yield _age("district_backup_seconds", "Age of the last good backup", nightly.last_good())


def _age(name: str, what: str, at: datetime | None) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, what)
    if at is not None:
        family.add_metric([], max(0.0, (days.now() - at) / timedelta(seconds=1)))
    return family
