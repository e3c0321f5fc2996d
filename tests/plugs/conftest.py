"""The register as it is served, with somebody to ask it as."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from people.models import User
from tests.plugs.asking import Site
from tests.runs.conftest import rich
from tests.runs.processes import Processes, lease, processes, until
from tests.servers import free_port

__all__ = ["lease", "processes", "rich"]
Note = Callable[[str, object], None]


@pytest.fixture
def as_user(client_of: Callable[[User], Client]) -> Callable[[int, User], Site]:
    """A browser at a port in which somebody is signed in."""

    def make(port: int, user: User) -> Site:
        return Site(port, session=client_of(user).cookies["session"].value)

    return make


@pytest.fixture
def as_robot(token_of: Callable[..., str]) -> Callable[[int, User], Site]:
    """A client of the REST API at a port."""
    return lambda port, user: Site(port, token=token_of(user))


def ready(port: int) -> bool:
    return Site(port).get("/readyz").status == 200


def served(processes: Processes) -> tuple[Any, int]:
    """Web, worker and sweeper under one supervisor, once they are ready; its process and port."""
    port = free_port()
    serve = processes.serve(port)
    try:
        until(lambda: ready(port), "it is ready")
    except AssertionError as error:
        raise AssertionError(f"{error}\n{Site(port).get('/readyz')}\n{processes.logs()}") from None
    return serve, port


def lines(processes: Processes, name: str = "serve") -> list[dict[str, Any]]:
    """What a process logged, line by line; a line that is none of ours stands under `plain`."""
    found = []
    text = processes.folder.joinpath(f"{name}.log").read_text(errors="replace")
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            found.append({"plain": line})
    return found


def no_traceback(told: list[dict[str, Any]]) -> bool:
    """What is away is said in a line, by all processes; a traceback is a fault of ours."""
    for n, line in enumerate(told):
        if "exception" in line or "Traceback" in str(line.get("plain")):
            raise AssertionError("\n".join(map(str, told[n : n + 60])))
    return True


def sealed() -> bool:
    """Whether every entry of the journal has its seal."""
    from core.models import Entry

    return not Entry.objects.filter(seal=None).exists()


def verified() -> None:
    """Nothing was altered, lost or half-written, and the sweeper seals again."""
    from core.journal import verify

    until(sealed, "the journal is sealed")
    assert verify.verify().findings == []
