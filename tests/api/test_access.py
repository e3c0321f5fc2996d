"""Who may what through the API: the table is complete and every answer is as reviewed."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from people.models import User
from tests.api.access import CAST, METHODS, TABLE, address, bodies, read, routes, status

pytestmark = pytest.mark.django_db
Api = Callable[..., Client]


@pytest.fixture
def caller(cast: dict[str, User | None], api_of: Api) -> Callable[[str], Client]:
    """A client with the token of one of CAST."""

    def make(who: str) -> Client:
        if who == "reader":
            return api_of(cast["rob"], scopes=["assets.view_asset"])
        return api_of(cast[who])

    return make


@pytest.mark.parametrize("who", CAST)
def test_every_route_answers_each_of_the_cast_as_reviewed(
    who: str, api_world: dict[str, Any], caller: Callable[[str], Client]
) -> None:
    table, sent, client, column = read(), bodies(api_world), caller(who), CAST.index(who)
    wrong = []
    for route, methods in routes():
        for method in methods:
            key = (str(route.name), method)
            found = status(client, method, address(route, api_world), sent.get(key))
            expected = table.get(key)
            if expected is None or expected[column] != found:
                wrong.append(f"{route.name} {method} {who}: {found}, reviewed {expected}")
    assert not wrong, "\n".join(wrong)


def test_the_table_has_no_line_too_many() -> None:
    assert set(read()) == {(str(r.name), m) for r, methods in routes() for m in methods}


def test_ana_and_nobody_find_no_method_that_is_not_in_the_table(
    api_world: dict[str, Any], caller: Callable[[str], Client]
) -> None:
    ana, nobody = caller("ana"), caller("nobody")
    for route, methods in routes():
        for method in {*METHODS, "OPTIONS", "TRACE"} - set(methods):
            url = address(route, api_world)
            assert status(ana, method, url, None) == 405, (method, url)
            assert status(nobody, method, url, None) in (401, 405), (method, url)


def test_a_session_alone_opens_no_api_door(
    ana: User, client_of: Callable[[User], Client], api_world: dict[str, Any]
) -> None:
    assert client_of(ana).get("/api/v1/assets").status_code == 401


@pytest.mark.skipif("PRINT_ACCESS_TABLE" not in os.environ, reason="only to write a first draft")
def test_print_the_table(api_world: dict[str, Any], caller: Callable[[str], Client]) -> None:
    sent, clients = bodies(api_world), {who: caller(who) for who in CAST}
    lines = [f"# name method {' '.join(CAST)}"]
    for route, methods in routes():
        for method in methods:
            body = sent.get((str(route.name), method))
            codes = [str(status(clients[w], method, address(route, api_world), body)) for w in CAST]
            lines.append(f"{route.name} {method} {' '.join(codes)}")
    TABLE.write_text("\n".join(lines) + "\n")
