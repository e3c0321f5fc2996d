"""A file that waits for a worker: uploaded, laid aside, and what its page shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assets.models import Category
from integrations.models import ImportSession
from people.models import School, User

FILE = "Tag,Make,Model\n" + "".join(f"A{n},Acer,X\n" for n in range(1, 7))


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR, settings.INCOMING_DIR = tmp_path / "files", tmp_path / "incoming"


def upload(client: Client, data: bytes | str = FILE, name: str = "list.csv") -> Any:
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return client.post(
        reverse("imports"), {"kind": "assets", "file": file, "school": "", "category": "Equipment"}
    )


def shown(client: Client, session: ImportSession) -> str:
    return client.get(reverse("import", args=[session.pk])).content.decode()


def laid(settings: Any) -> list[str]:
    folder = Path(settings.INCOMING_DIR)
    return [p.name for p in folder.iterdir()] if folder.exists() else []


@pytest.fixture
def page(
    ana: User, lincoln: School, equipment: Category, client_of: Callable[[User], Client]
) -> Client:
    return client_of(ana)
