"""Every refusal has one shape, wherever it comes from, and tells nothing but why."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from people.models import School, User
from tests.api.test_strict import post
from tests.factories import make_product

pytestmark = pytest.mark.django_db
Api = Callable[..., Client]
PARTS = {"type", "title", "status", "detail", "request_id", "errors"}


def told(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The first reason of a refusal, after its shape was looked at."""
    body = answer.json()
    assert (answer.status_code, body["status"]) == (status, status), body
    assert answer["Content-Type"] == "application/problem+json"
    assert set(body) == PARTS
    assert body["request_id"] == answer["X-Request-ID"]
    assert (body["type"], body["errors"][0]["code"]) == (
        f"urn:district-assets:problem:{code}",
        code,
    )
    assert body["detail"]
    found: dict[str, Any] = body["errors"][0]
    return found


def test_rob_asks_where_nothing_is(rob: User, api_of: Api, lincoln: School) -> None:
    api = api_of(rob)
    for path in ("nothing", "assets/", "assets/abc", "assets/7/explode", "assets/999999"):
        told(api.get(f"/api/v1/{path}"), 404, "not-found")


def test_rob_uses_another_method_or_another_language(
    rob: User, api_of: Api, lincoln: School
) -> None:
    api = api_of(rob)
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE"):
        answer = api.generic(method, "/api/v1/assets")
        told(answer, 405, "method-not-allowed")
        assert answer["Allow"] == "GET, HEAD, POST"
    told(api.get("/api/v1/assets", headers={"accept": "text/html"}), 406, "not-acceptable")
    told(api.post("/api/v1/assets", {"product": 1}), 415, "unsupported-media-type")


def test_nobody_is_told_how_to_sign_in_and_a_stranger_host_is_refused(
    client: Client, lincoln: School
) -> None:
    answer = client.get("/api/v1/assets")
    told(answer, 401, "not-authenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    answer = client.get("/api/v1/assets", headers={"host": "evil.example"})
    told(answer, 400, "bad-request")
    page = client.get("/sign-in/", headers={"host": "evil.example"})
    assert page.status_code == 400
    assert "evil.example" not in page.content.decode()


def test_what_breaks_on_our_side_tells_its_number_and_nothing_else(
    rob: User, api_of: Api, lincoln: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("SELECT secret FROM people_user")

    monkeypatch.setattr("core.api.views.paginate", broken)
    api = api_of(rob)
    api.raise_request_exception = False
    answer = api.get("/api/v1/schools")
    told(answer, 500, "server-error")
    assert "secret" not in answer.content.decode()


def test_head_tells_what_get_would(rob: User, api_of: Api, lincoln: School) -> None:
    api = api_of(rob)
    for path in ("schools", f"schools/{lincoln.pk}", "journal"):
        got, asked = api.get(f"/api/v1/{path}"), api.head(f"/api/v1/{path}")
        assert (asked.status_code, asked.content) == (200, b"")
        assert asked.get("ETag") == got.get("ETag")
    assert api.head("/api/v1/schools?colour=red").status_code == 400


def test_a_pointer_leads_to_a_name_whatever_its_signs(
    rob: User, api_of: Api, lincoln: School
) -> None:
    for name, pointer in (("?limit", "/?limit"), ("a.b", "/a.b"), ("a/~", "/a~1~0"), ("", "/")):
        error = told(post(api_of(rob), "schools", {name: 1}), 400, "unknown-field")
        assert (error["pointer"], error["parameter"]) == (pointer, None)


def test_a_slip_in_a_date_is_refused_at_its_place(rob: User, api_of: Api, lincoln: School) -> None:
    row = {"product": make_product().pk, "school": lincoln.pk}
    bodies = [row, row | {"acquired_on": "0202-08-12"}]
    answer = post(api_of(rob), "assets/bulk", {"assets": bodies})
    assert told(answer, 409, "out-of-range")["pointer"] == "/assets/1/acquired_on"


def test_a_body_in_chunks_is_refused_and_does_not_look_empty(
    rob: User, api_of: Api, lincoln: School
) -> None:
    answer = post(
        api_of(rob), "schools", {"code": "N", "name": "N"}, **{"transfer-encoding": "chunked"}
    )
    told(answer, 400, "length-missing")


def test_a_body_that_is_a_list_and_a_cursor_that_is_none_are_refused(
    rob: User, api_of: Api, lincoln: School
) -> None:
    error = told(post(api_of(rob), "schools", [{"code": "N", "name": "N"}]), 400, "shape")
    assert error["message"] == "Send a JSON object."
    error = told(api_of(rob).get("/api/v1/schools?cursor=nonsense"), 400, "cursor")
    assert "start from the first page" in error["message"]
    assert School.objects.count() == 1
