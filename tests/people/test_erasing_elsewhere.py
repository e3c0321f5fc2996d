"""Forgetting somebody by REST and by command."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from assets.actions import assign_asset, return_asset
from core.access import SYSTEM
from people.models import Person, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
WHY = {"reason": "Left the district, asked for it."}


# REST and the command


def test_rest_wants_the_version_that_was_read(
    ana: User, tom: User, maria: Person, api_of: Callable[[User], Client]
) -> None:
    api, url = api_of(ana), f"/api/v1/people/{maria.pk}"
    send = {"data": WHY, "content_type": "application/json"}
    seen = api.get(url).headers["ETag"]
    assert api.post(f"{url}/erase", **send).status_code == 428  # type: ignore[arg-type]
    assert api.post(f"{url}/erase", headers={"If-Match": '"v99"'}, **send).status_code == 412  # type: ignore[arg-type]
    theirs = api_of(tom).post(f"{url}/erase", headers={"If-Match": seen}, **send)  # type: ignore[arg-type]
    assert theirs.status_code == 403
    asset = make_asset(school=maria.school)
    assign_asset(asset, to=maria, by=SYSTEM)
    kept = api.post(f"{url}/erase", headers={"If-Match": seen}, **send)  # type: ignore[arg-type]
    assert (kept.status_code, kept.json()["errors"][0]["code"]) == (409, "holds")
    asset.refresh_from_db()
    return_asset(asset, by=SYSTEM, room=maria.school.rooms.first())
    done = api.post(f"{url}/erase", headers={"If-Match": seen}, **send)  # type: ignore[arg-type]
    assert done.status_code == 200 and done.json()["last_name"] == ""


def test_the_command_says_what_keeps_her_and_erases_with_a_reason(
    maria: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    asset = make_asset(school=maria.school, tag="MV7")
    assign_asset(asset, to=maria, by=SYSTEM)
    call_command("erase_person", maria.local_id)
    assert "They still hold items: MV7" in capsys.readouterr().err
    with pytest.raises(CommandError, match="They still hold"):
        call_command("erase_person", maria.local_id, reason="Asked for.")
    asset.refresh_from_db()
    return_asset(asset, by=SYSTEM, room=maria.school.rooms.first())
    call_command("erase_person", maria.local_id)
    assert "Nothing keeps them" in capsys.readouterr().out
    assert not Person.objects.get(pk=maria.pk).erased_at, "a look erases nobody"
    with pytest.raises(CommandError, match="Nobody has this id"):
        call_command("erase_person", "nobody-has-this")
