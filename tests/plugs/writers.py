"""Clients that write and keep what was acknowledged; afterwards the journal must have just that."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.plugs.asking import Answer, Site

#: What a client may be told: done, refused by a rule or a version, or come back later.
DONE, REFUSED, LATER = {200, 201}, {409, 412}, {0, 503}


@dataclass
class Writers:
    """Each thread sends what `next_act` gives it, under an id and a key of its own; what was to be
    sent later is sent again under the same key, as a good client does."""

    sites: list[Site]
    next_act: Callable[[int, random.Random], tuple[str, dict[str, Any]]]
    done: dict[str, Answer] = field(default_factory=dict)
    refused: dict[str, Answer] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    odd: list[Answer] = field(default_factory=list)
    sent: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    longest: float = 0.0

    def __post_init__(self) -> None:
        self.told = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._run, args=item, daemon=True)
            for item in enumerate(self.sites)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Each ends what it is at: until it is answered."""
        self.told.set()
        for thread in self._threads:
            thread.join(180)
        assert not any(t.is_alive() for t in self._threads), "somebody was never answered"

    def _run(self, number: int, site: Site) -> None:
        chance = random.Random(number)
        while not self.told.is_set():
            path, body = self.next_act(number, chance)
            key = uuid4().hex
            self.sent[key] = (path, body)
            while True:
                answer = site.post(path, body, **{"Idempotency-Key": key, "X-Request-ID": key})
                with self._lock:
                    self._note(key, answer)
                if answer.status not in LATER:
                    break
                time.sleep(0.5)

    def _note(self, key: str, answer: Answer) -> None:
        self.seen[str(answer.status)] += 1
        self.longest = max(self.longest, answer.seconds)
        if answer.status in DONE:
            self.done[key] = answer
        elif answer.status in REFUSED:
            self.refused[key] = answer
        elif answer.status == 503 and "retry-after" in answer.headers:
            pass
        elif answer.status != 0:
            self.odd.append(answer)

    def agree_with(self, entries: "Counter[str]", same: str = " ") -> None:
        """`entries`: how many there are for each request id. What was acknowledged is there once,
        what was refused is not, and nobody was shown an error of ours. An act at an address that
        ends in `same` may find what it asks for and change nothing."""
        assert self.odd == []
        assert self.done
        lost = [self.sent[key] for key in self.done if entries[key] == 0]
        lost = [(path, body) for path, body in lost if not path.endswith(same)]
        twice = [self.sent[key] for key in self.done if entries[key] > 1]
        ghosts = [self.sent[key] for key in self.refused if entries[key]]
        found = {"lost": lost, "twice": twice, "ghosts": ghosts}
        assert not any(found.values()), found
