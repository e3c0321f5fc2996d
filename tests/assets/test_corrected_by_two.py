"""Two people correct one thing: what the second left alone is what the first made of it."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from assets.mistakes.correct import correct_asset
from assets.models import Asset
from core.problems import Stale
from people.models import School, User
from tests.cast import make_user
from tests.factories import make_asset
from tests.forms import confirmation
from tests.people.test_two_editors import fields

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
TOLD = "Somebody changed this since you opened it"


@pytest.fixture
def asset(lincoln: School) -> Asset:
    return make_asset(school=lincoln, tag="TWO", serial="WRONG")


@pytest.fixture
def dora(ana: User) -> User:
    return make_user("Dora", "administrator")


def opened(client: Client, asset: Asset) -> dict[str, Any]:
    return fields(client.get(f"/assets/{asset.pk}/correct/").content.decode())


def corrected(client: Client, asset: Asset, typed: dict[str, Any]) -> str:
    """The preview of a correction, which is then confirmed."""
    url = f"/assets/{asset.pk}/correct/"
    page = client.post(url, typed).content.decode()
    assert client.post(url, confirmation(page, url)).status_code == 302
    return unescape(page)


def test_what_another_corrected_meanwhile_is_not_taken_back(
    asset: Asset, ana: User, dora: User, client_of: Of
) -> None:
    anas, url = client_of(ana), f"/assets/{asset.pk}/correct/"
    typed = opened(anas, asset) | {"acquired_on": "2026-02-03", "reason": "Its invoice"}
    theirs = opened(client_of(dora), asset) | {"serial": "RIGHT", "reason": "Misread"}
    assert "WRONG → <strong>RIGHT</strong>" in corrected(client_of(dora), asset, theirs)

    page = anas.post(url, typed).content.decode()
    assert TOLD in page
    assert "This was changed to what stands here" in page
    assert "What will be recorded" not in page
    kept = fields(page)
    assert (kept["serial"], kept["acquired_on"]) == ("RIGHT", "2026-02-03"), "nothing is lost"
    page = corrected(anas, asset, kept)
    assert "WRONG" not in page
    after = Asset.objects.get(pk=asset.pk)
    assert (after.serial, str(after.acquired_on)) == ("RIGHT", "2026-02-03")


def test_who_saw_the_preview_before_the_other_is_told_when_they_confirm(
    asset: Asset, ana: User, dora: User, client_of: Of
) -> None:
    anas, url = client_of(ana), f"/assets/{asset.pk}/correct/"
    typed = opened(anas, asset) | {"serial": "OTHER", "reason": "Its label"}
    page = anas.post(url, typed).content.decode()
    corrected(
        client_of(dora), asset, opened(client_of(dora), asset) | {"serial": "RIGHT", "reason": "x"}
    )
    page = unescape(anas.post(url, confirmation(page, url)).content.decode())
    assert TOLD in page
    assert "Here stands now: RIGHT" in page
    assert Asset.objects.get(pk=asset.pk).serial == "RIGHT"


def test_who_is_alone_corrects_and_two_at_once_do_not_pass_each_other(
    asset: Asset, ana: User, client_of: Of
) -> None:
    typed = opened(client_of(ana), asset) | {"serial": "RIGHT", "reason": "Misread"}
    assert TOLD not in corrected(client_of(ana), asset, typed)
    with pytest.raises(Stale, match="changed it since"):
        correct_asset(asset, by=ana, reason="Misread", serial="OTHER", version=1)
    assert Asset.objects.get(pk=asset.pk).serial == "RIGHT"
