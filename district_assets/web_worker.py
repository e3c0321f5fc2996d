"""The web's process: threads, and beside them a lane in which `/healthz` alone is answered.

Who watches the server must hear that it lives, however many requests wait for the database: with
thirty-two writers the answer came behind them, after four seconds. So a connection first waits in
the poller until it says what it asks for, and is then given to the pool or to the lane.
"""

import contextlib
import re
import selectors
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HEALTH = (b"GET /healthz ", b"HEAD /healthz ")
#: A whole request without a body ends so; more than this is none of a probe's.
END, LONGEST = b"\r\n\r\n", 2048
BODY = re.compile(rb"\r\n(content-length: *0*[1-9]|transfer-encoding:)", re.IGNORECASE)


class Worker(ThreadWorker):  # type: ignore[misc]  # it has no types
    """gunicorn's threads, with a lane for who asks whether the server lives, and a few that wait
    for clients to hang up: in the loop that hands out requests, one late client stops them all."""

    def init_process(self) -> None:
        self._lane = ThreadPoolExecutor(max_workers=1)
        self._closers = ThreadPoolExecutor(max_workers=16)
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

    def finish_request(self, conn: Any, future: "Future[Any]") -> None:
        """After an answer: keep the connection, or close it where nobody waits for that."""
        if future.cancelled() or future.exception() or future.result():
            super().finish_request(conn, future)
            return
        self.nr_conns -= 1
        with contextlib.suppress(OSError):  # the client may be gone
            conn.sock.shutdown(socket.SHUT_WR)
        self._closers.submit(conn.close, True)


def asks_health(sock: socket.socket) -> bool:
    """Whether the request that waits on a socket asks for `/healthz` and is whole, so that nothing
    of it keeps the lane waiting. It stays unread."""
    with contextlib.suppress(OSError):  # nothing there yet, or gone
        head = sock.recv(LONGEST, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        return head.startswith(HEALTH) and END in head and not BODY.search(head)
    return False
