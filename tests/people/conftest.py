"""Somebody with an unmistakable name, and what people typed of her everywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assets.actions import change_asset, change_status, dispose_asset
from assets.models import Asset
from core.access import SYSTEM
from core.time import days
from people.actions import save_people
from people.actions.roster import PersonDraft
from people.models import Person, School, User
from tests.factories import make_asset

FIRST, LAST, ID = "Zephyrine", "Quackenbosch", "ZQX70711"
NAME = f"{FIRST} {LAST}"
Browser = Callable[[User | None], Client]
PLACES = {
    "assets.asset.description",
    "assets.disposal.recipient",
    "assets.disposal.reason",
    "core.entrywords.words",
    "funding.purchase.note",
    "core.attachment.name",
    "core.attachment.note",
}


@pytest.fixture
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_DIR.mkdir()


@pytest.fixture
def zephyrine(lincoln: School) -> Person:
    draft = PersonDraft(local_id=ID, school=lincoln, first_name=FIRST, last_name=LAST)
    save_people([draft], by=SYSTEM)
    return Person.objects.get(local_id=ID)


@pytest.fixture
def laptop(lincoln: School) -> Asset:
    return make_asset(school=lincoln, tag="MV000123")


def attach(client: Client, asset: Asset, name: str, data: bytes = b"note", **more: str) -> None:
    file = SimpleUploadedFile(name, data, "text/plain")
    sent = {"file": file, "kind": "agreement", **more}
    assert client.post(f"/files/assets.asset/{asset.pk}/", sent).status_code == 302


@pytest.fixture
def everywhere(
    zephyrine: Person,
    laptop: Asset,
    lincoln: School,
    ana: User,
    client_of: Browser,
    api_of: Callable[..., Client],
) -> Any:
    """People typed her name in every place that takes words."""
    client = client_of(ana)
    change_asset(laptop, by=ana, description=f"Screen broken by {NAME}")
    sold = make_asset(school=lincoln, tag="MV000124")
    change_status(sold, to="surplus", by=ana, reason=f"{LAST}, {FIRST} gave it back broken")
    sold.refresh_from_db()
    change_status(sold, to="awaiting_disposal", by=ana, reason="Broken")
    sold.refresh_from_db()
    dispose_asset(
        sold,
        by=ana,
        method="donated",
        disposed_on=days.today(),
        recipient=NAME,
        reason=f"Asked for by id {ID}",
    )
    sent = {
        "number": "PO-9",
        "note": f"for {NAME}",
        "lines": [{"description": "Things", "quantity": 2, "amount": "10.00"}],
    }
    made = api_of(ana).post("/api/v1/purchases", sent, "application/json")
    assert made.status_code == 201
    attach(client, laptop, f"loan {NAME}.txt", b"signed by her", note=f"signed by {LAST}")
    return client
