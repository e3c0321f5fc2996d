"""Archives that nobody should be able to restore: each is refused before anything is written."""

import shutil
from pathlib import Path

import pytest

from core.backup import Refusal, restore
from tests.backup.conftest import file_count, rows
from tests.backup.hostile import HOSTILE, read_archive

pytestmark = pytest.mark.django_db(transaction=True)


def test_hostile_archives_are_refused_with_a_sentence_and_nothing_is_written(
    archive: Path, machine: Path
) -> None:
    assert len(HOSTILE) >= 20
    before = rows(), file_count()
    accepted, said = [], set()
    for name, spoil in HOSTILE.items():
        path = machine / "hostile.zip"
        shutil.copy(archive, path)
        spoil(path, *read_archive(archive))
        try:
            restore(path, replace=True)
        except Refusal as refusal:
            said.add(str(refusal))
        else:
            accepted.append(name)
        assert (rows(), file_count()) == before, name
    assert accepted == []
    assert len(said) > 12  # the sentences tell them apart
    assert restore(archive, replace=True)[1].findings == []  # and the good one still goes in
