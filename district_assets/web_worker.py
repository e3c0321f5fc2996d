"""The web's process: threads, and beside them a lane in which `/healthz` alone is answered.

Who watches the server must hear that it lives, however many requests wait for the database: with
thirty-two writers the answer came behind them, after four seconds. So a connection first waits in
the poller until it says what it asks for, and is then given to the pool or to the lane.
"""

import contextlib
import selectors
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HEALTH = (b"GET /healthz ", b"HEAD /healthz ")


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threads, with a lane for who asks whether the server lives."""

    def init_process(self) -> None:
        self._lane = ThreadPoolExecutor(max_workers=1)
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """Let a thread handle a connection's request, once it has said what it asks for."""
        if not conn.initialized and not conn.data_ready:
            conn.timeout = time.monotonic() + self.cfg.keepalive
            self.pending_conns.append(conn)
            told = partial(self.on_pending_socket_readable, conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, told)
            return
        pool = self._lane if asks_health(conn.sock) else self.tpool
        done = pool.submit(self.handle, conn)
        done.add_done_callback(
            lambda future: self.method_queue.defer(self.finish_request, conn, future)
        )


def asks_health(sock: socket.socket) -> bool:
    """Whether the request that waits on a socket asks for `/healthz`; it stays unread."""
    with contextlib.suppress(OSError):  # nothing there yet, or gone
        return sock.recv(32, socket.MSG_PEEK | socket.MSG_DONTWAIT).startswith(HEALTH)
    return False
