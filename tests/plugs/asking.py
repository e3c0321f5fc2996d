"""Asking real servers over real sockets, and counting how long each answer took."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

#: Longer than any deadline of ours: who does not answer within it hangs.
PATIENCE = 45
#: What "at once" may cost on a machine that does much else; the figure itself is recorded.
AT_ONCE = 5
CSRF = "c" * 32


def _hidden() -> dict[str, str]:
    """What a page hides in a form: also the key of one that adds something."""
    return {"csrfmiddlewaretoken": CSRF, "once": uuid4().hex}


@dataclass(frozen=True)
class Answer:
    """What came, and after how many seconds. Status 0: nobody answered."""

    status: int
    headers: dict[str, str]
    body: str
    seconds: float

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The problem's code of a refusal by REST."""
        return str(self.json()["errors"][0]["code"])

    def says(self, sentence: str) -> None:
        """A 503 with one sentence and when to come back."""
        assert self.status == 503, (self.status, self.body)
        assert int(self.headers["retry-after"]) > 0
        assert sentence in self.body
        if self.headers["content-type"].startswith("text/html"):
            assert self.body.count('<div role="alert">') == 1
        else:
            assert self.headers["content-type"] == "application/problem+json"
            assert len(self.json()["errors"]) == 1


@dataclass
class Site:
    """The web at a port as one client sees it: with a token, a session, or nobody."""

    port: int
    token: str = ""
    session: str = ""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        """By REST, under an id (and a key) of its own unless told otherwise."""
        headers.setdefault("X-Request-ID", uuid4().hex)
        headers["Content-Type"] = "application/json"
        return self._ask("POST", path, json.dumps(body).encode(), headers)

    def fill(self, path: str, **values: str) -> Answer:
        """A form of a page, as a browser sends it."""
        body = urlencode(_hidden() | values).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, file: tuple[str, Any, int], **values: str) -> Answer:
        """A form with a file: its name, the open file and its size; never held in memory here."""
        name, handle, size = file
        mark = uuid4().hex
        head = "".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
            for k, v in (_hidden() | values).items()
        )
        head += (
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        )
        tail = f"\r\n--{mark}--\r\n"

        def pieces() -> Iterator[bytes]:
            yield head.encode()
            while piece := handle.read(1 << 20):
                yield piece
            yield tail.encode()

        told = {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Content-Length": str(len(head) + size + len(tail)),
        }
        return self._ask("POST", path, pieces(), told)

    def _ask(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        sent = {"Host": f"127.0.0.1:{self.port}", "Connection": "close"} | headers
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if self.session:
            sent["Cookie"] = f"session={self.session}; csrf={CSRF}"
        began = time.monotonic()
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            client.request(method, path, body, sent)
            answer = client.getresponse()
            text = answer.read().decode(errors="replace")
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, text, time.monotonic() - began)
        except (OSError, http.client.HTTPException):
            return Answer(0, {}, "", time.monotonic() - began)
        finally:
            client.close()


@dataclass
class Pulse:
    """Asks the same again and again meanwhile."""

    ask: Callable[[], Answer]
    every: float = 0.2
    answers: list[Answer] = field(default_factory=list)

    @contextmanager
    def beating(self) -> Iterator["Pulse"]:
        told = threading.Event()

        def run() -> None:
            while not told.is_set():
                self.answers.append(self.ask())
                told.wait(self.every)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            told.set()
            thread.join(PATIENCE + 5)

    @property
    def worst(self) -> float:
        return round(max(a.seconds for a in self.answers), 3)

    def went_on(self) -> float:
        """Each answer was good and came at once; the longest of them in seconds."""
        assert self.answers
        assert {a.status for a in self.answers} == {200}
        assert self.worst < AT_ONCE, "it waited for what is away"
        return self.worst


def at_once(asks: list[Callable[[], Answer]]) -> list[Answer]:
    """All at the same moment; their answers in order."""
    answers: list[Answer | None] = [None] * len(asks)
    barrier = threading.Barrier(len(asks))

    def run(n: int, ask: Callable[[], Answer]) -> None:
        barrier.wait()
        answers[n] = ask()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(asks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [a for a in answers if a is not None]
