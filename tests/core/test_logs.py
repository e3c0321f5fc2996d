"""What is in the logs: enough to find a request again, nothing that opens a door or names
anybody."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from core import runs
from core.access import SYSTEM
from core.journal import writing as journal
from core.models.entry import Via
from core.ops import log_lines, logs
from people.actions.accounts import make_link
from people.models import OneTimeLink, School, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(
    capsys: pytest.CaptureFixture[str], settings: Any
) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What was logged since the last look."""
    quiet, settings.LOG_LEVEL = settings.LOG_LEVEL, "INFO"
    logs.configure()

    def read() -> list[dict[str, Any]]:
        return [json.loads(x) for x in capsys.readouterr().err.splitlines() if x[:1] == "{"]

    yield read
    settings.LOG_LEVEL = quiet
    logs.configure()


def test_a_request_is_one_line_with_the_id_that_the_answer_bears(
    tom: User, client_of: Callable[[User], Client], lines: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = client_of(tom).get("/people/?q=Lopes", headers={"x-forwarded-for": "1.2.3.4"})
    (line,) = [x for x in lines() if x["event"].startswith("request")]
    assert line["request_id"] == answer["X-Request-ID"]
    assert (line["request"], line["code"], line["user_id"]) == ("GET /people/", 200, tom.pk)
    assert line["ip"] == "127.0.0.1", "X-Forwarded-For is anybody's word"


def test_a_line_of_a_run_has_its_id_and_its_request_s(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(work: runs.Work) -> None:
        logging.getLogger("a.library").error("out of %s", "paper")
        raise RuntimeError("broken")

    monkeypatch.setitem(runs._kinds, "test-broken", broken)
    with journal.working(Via.PAGE, "request-0001"):
        run = runs.start("test-broken", {}, by=SYSTEM)
    handler = logging.StreamHandler()
    handler.setFormatter(log_lines.formatter())
    logging.getLogger().addHandler(handler)
    try:
        runs.execute(run.pk)
    finally:
        logging.getLogger().removeHandler(handler)
    lines = [json.loads(x) for x in capsys.readouterr().err.splitlines() if "run_id" in x]
    assert {(x["run_id"], x["request_id"]) for x in lines} == {(run.pk, "request-0001")}
    warned = next(x for x in lines if x["event"] == "out of paper")
    assert warned["level"] == "error"
    assert any("RuntimeError" in x.get("exception", "") for x in lines)


def test_no_secret_and_no_name_is_in_them(
    tom: User, lines: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = make_link(OneTimeLink.Purpose.RESET, tom, by=SYSTEM)
    browser = Client(raise_request_exception=False)
    browser.get(f"/link/{token}/")
    browser.get("/link/used-up/")
    browser.get("/first-run/the-first-secret/")
    browser.get("/verify/R1-CODE-OF-A-REPORT/")
    browser.post("/sign-in/", {"email": tom.email, "password": "not my pass phrase"})

    def broken(request: object, username: str, password: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("people.views.sign_in.authenticate", broken)
    answer = browser.post("/sign-in/", {"email": tom.email, "password": "not my pass phrase"})
    assert answer.status_code == 500
    found = lines()
    assert "sign_in_failed" in {x["event"] for x in found}
    assert any("RuntimeError" in x.get("exception", "") for x in found), "what broke is told"
    addresses = (token, "used-up", "the-first-secret", "R1-CODE-OF")
    for secret in (*addresses, tom.email, "not my pass phrase"):
        assert secret not in json.dumps(found)


def test_a_token_stays_out_of_them_when_the_api_breaks(
    rob: User,
    lincoln: School,
    token_of: Callable[..., str],
    lines: Callable[[], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("core.api.views.paginate", broken)
    token = token_of(rob)
    api = Client(headers={"authorization": f"Bearer {token}"}, raise_request_exception=False)
    assert api.get("/api/v1/schools?code=Lopes").status_code == 500
    written = json.dumps(lines())
    assert "RuntimeError" in written
    assert token not in written
    assert "Lopes" not in written
