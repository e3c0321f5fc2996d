"""Whoever brings a file by command while the database is busy is told so in a sentence."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError

from integrations import actions


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("database is locked (at the gate)"), "Others are writing just now"),
        (OperationalError("server closed the connection"), "cannot be reached just now"),
    ],
)
def test_a_database_that_is_busy_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def busy(*_args: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(actions, "stage", busy)
    path = tmp_path / "list.csv"
    path.write_text("Tag\nA1\n")
    with pytest.raises(CommandError, match=rf"list\.csv: .*{told}.*adds nothing twice"):
        call_command("import_file", "assets", str(path))


def test_a_mistake_of_ours_is_not_called_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_args: object, **_more: object) -> None:
        raise ProgrammingError("no such column")

    monkeypatch.setattr(actions, "stage", wrong)
    path = tmp_path / "list.csv"
    path.write_text("Tag\nA1\n")
    with pytest.raises(ProgrammingError):
        call_command("import_file", "assets", str(path))
