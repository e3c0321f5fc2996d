"""What names somebody, by REST and by the command."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from assets.models import Asset
from people.models import Person, User
from tests.people.conftest import ID, LAST, NAME, PLACES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]


def test_rest_lists_and_cleans_and_keeps_no_words_in_its_answer(
    ana: User, everywhere: Client, zephyrine: Person, api_of: Callable[..., Client]
) -> None:
    api, url = api_of(ana), f"/api/v1/people/{zephyrine.pk}"
    seen = api.get(url).headers["ETag"]
    gone = api.post(
        f"{url}/erase",
        {"reason": "Asked for."},
        "application/json",
        headers={"If-Match": seen, "Idempotency-Key": "e1"},
    )
    places = {f"{p['table']}.{p['column']}" for p in gone.json()["written"]}
    assert places == PLACES and LAST not in gone.content.decode()
    rows = api.get(f"{url}/written").json()["written"]
    row = next(r for r in rows if r["column"] == "description")
    assert row["text"] == f"Screen broken by {NAME}" and row["url"].startswith("/assets/")
    body = {k: row[k] for k in ("table", "id", "column", "seen")}
    assert api.post(f"{url}/written", body | {"act": "burn"}, "application/json").status_code == 400
    stale = body | {"act": "blank", "seen": "x"}
    assert api.post(f"{url}/written", stale, "application/json").status_code == 412
    done = api.post(f"{url}/written", body | {"act": "blank"}, "application/json")
    assert (done.status_code, done.json()) == (200, {"gone": True})
    left = api.get(f"{url}/written").json()["written"]
    assert "description" not in {r["column"] for r in left}
    odd = body | {"act": "blank", "table": "people.user"}
    missing = api.post(f"{url}/written", odd, "application/json")
    assert (missing.status_code, missing.json()["errors"][0]["code"]) == (404, "not-listed")


def test_the_command_says_where_and_not_what(
    everywhere: Client, zephyrine: Person, laptop: Asset, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("erase_person", ID)
    call_command("erase_person", ID, reason="Asked for.")
    said = capsys.readouterr().out
    assert said.count(f"/assets/{laptop.pk}/") >= 2 and "To be cleaned" in said
    assert LAST not in said
