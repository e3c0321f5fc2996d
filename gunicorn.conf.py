"""gunicorn: threads, a lane for `/healthz`, start-up garbage frozen (it halves the tail of
requests)."""

import gc
import multiprocessing
import os
import shutil
import tempfile
from typing import Any

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "district_assets.web_worker.Worker"
workers = int(os.environ.get("WEB_CONCURRENCY", min(2, multiprocessing.cpu_count())))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 20
keepalive = 5
limit_request_line = 8190
accesslog = None
control_socket_disable = True
# Each process writes its figures here; `core.ops.metrics` adds them up.
_figures = tempfile.mkdtemp(prefix="district-figures-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _figures


def post_worker_init(worker: Any) -> None:
    """What start-up made lives for ever: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


def on_exit(server: Any) -> None:
    """Figures are worth nothing to the next start."""
    shutil.rmtree(_figures, ignore_errors=True)
