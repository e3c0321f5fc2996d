"""The doorbell: tell a worker that runs wait. It never keeps anybody waiting.

Ringing has a connection of its own with short timeouts and no second try: a request must answer
while the broker is away, and the sweeper rings again. After a failure the bell is left alone for
a moment, so that an outage costs one short wait per process, not one per request.
"""

import logging
import time
from collections.abc import Sequence
from typing import Any

from celery import current_app
from django.conf import settings

log = logging.getLogger(__name__)
#: What a worker hears; the task itself (core.tasks) knows runs, and is not known here.
TASK = "core.do_run"
PATIENCE_SECONDS = 0.5
QUIET_SECONDS = 5.0
_quiet_until = 0.0


def ring(run_ids: Sequence[int]) -> int:
    """Send one message for each run, until the broker fails; how many were sent."""
    global _quiet_until
    if not run_ids or time.monotonic() < _quiet_until:
        return 0
    sent = 0
    try:
        with current_app.connection_for_write(transport_options=_options()) as connection:
            for run_id in run_ids:
                current_app.send_task(
                    TASK, args=[run_id], connection=connection, retry=False, ignore_result=True
                )
                sent += 1
    except Exception as error:  # noqa: BLE001 - whatever the transport raises, the rows are safe
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning(
            "could not ring for run %s (%s); the sweeper will ring again",
            run_ids[sent],
            type(error).__name__,
        )
    return sent


def _options() -> dict[str, Any]:
    """The broker's options; Redis with short timeouts (file locks have none)."""
    options = dict(settings.CELERY_BROKER_TRANSPORT_OPTIONS)
    if "socket_timeout" in options:
        options |= {
            "socket_timeout": PATIENCE_SECONDS,
            "socket_connect_timeout": PATIENCE_SECONDS,
            "max_retries": 0,
        }
    return options
