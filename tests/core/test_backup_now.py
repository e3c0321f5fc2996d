"""The front page says that a backup is overdue, and who may make one makes it there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from core import runs
from core.actions.backups import ask_backup
from core.backup import nightly
from core.models import District
from core.models.run import Run
from core.problems import NotPermitted
from people.models import User

Of = Callable[[User], Client]


@pytest.fixture(autouse=True)
def backups(tmp_path: Path, settings: object) -> Path:
    settings.BACKUP_DIR = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_ana_is_told_that_there_is_none_and_makes_it(
    district: District, ana: User, client_of: Of, backups: Path
) -> None:
    client = client_of(ana)
    page = client.get("/").content.decode()
    assert "There is no backup yet." in page and "Back up now" in page
    asked = client.post("/runs/backup/")
    run = Run.objects.get(kind=nightly.KIND)
    assert asked.headers["Location"] == f"/runs/{run.pk}/"
    assert ask_backup(by=ana) == run, "it is under way"
    runs.execute(run.pk)
    assert [file.suffix for file in backups.glob("district-*")] == [".zip"]
    assert "Back up now" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_who_may_make_no_backup_is_refused_and_nothing_is_started(
    district: District, fay: User, tom: User, client_of: Of
) -> None:
    for user in (fay, tom):
        assert "Back up now" not in client_of(user).get("/").content.decode()
        assert client_of(user).post("/runs/backup/").status_code == 403
        with pytest.raises(NotPermitted):
            ask_backup(by=user)
    assert not Run.objects.filter(kind=nightly.KIND).exists()
