"""Who may what: the table is complete and every answer is as reviewed."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from people.models import User
from tests.access_table import CAST, METHODS, TABLE, address, read, routes, status

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", CAST)
def test_every_route_answers_each_of_the_cast_as_reviewed(
    who: str,
    cast: dict[str, User | None],
    world: dict[str, Any],
    client_of: Callable[[User | None], Client],
) -> None:
    table = read()
    client = client_of(cast[who])
    client.raise_request_exception = False
    column = CAST.index(who)
    wrong = []
    for route in routes():
        for method in METHODS:
            expected = table.get((str(route.name), method))
            found = status(client, method, address(route, world))
            if expected is None or expected[column] != found:
                wrong.append(f"{route.name} {method} {who}: {found}, reviewed {expected}")
    assert not wrong, "\n".join(wrong)


def test_the_table_has_no_line_too_many() -> None:
    names = {str(r.name) for r in routes()}
    assert {name for name, _method in read()} == names


@pytest.mark.skipif("PRINT_ACCESS_TABLE" not in os.environ, reason="only to write a first draft")
def test_print_the_table(
    cast: dict[str, User | None], world: dict[str, Any], client_of: Callable[[User | None], Client]
) -> None:
    lines = [f"# name method {' '.join(CAST)}"]
    for route in routes():
        for method in METHODS:
            codes = []
            for who in CAST:
                client = client_of(cast[who])
                client.raise_request_exception = False
                codes.append(str(status(client, method, address(route, world))))
            lines.append(f"{route.name} {method} {' '.join(codes)}")
    TABLE.write_text("\n".join(lines) + "\n")
