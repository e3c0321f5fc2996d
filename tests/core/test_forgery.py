"""Whoever changes a table behind the register's back is found, whatever column, row or file it is."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import DataError, IntegrityError, transaction

from assets.models import AssetSpan
from core import files, sealing, verify
from core.models import StoredFile
from funding.models import UnitShare
from tests.core import forgeries
from tests.core.forgeries import Chance, Refused

pytestmark = pytest.mark.django_db(transaction=True)


def findings(limit: int = 3) -> list[str]:
    return [f for f in verify.verify(limit=limit).findings if "guard" not in f]


def taken_back(forge: Callable[[], str]) -> tuple[str, list[str]]:
    """What a forgery did and what verify says of it; afterwards all is as before."""
    told, found = "refused by the database", ["refused"]
    with transaction.atomic():
        try:
            with transaction.atomic():
                told = forge()
        except (Refused, IntegrityError, DataError):
            pass
        else:
            found = findings()
        transaction.set_rollback(True)
    return told, found


def forge(count: int, *, lifted: bool) -> list[str]:
    """So many forgeries of all kinds; those that were not found."""
    chance = Chance(count + lifted)
    columns = [pair for pair in forgeries.every_column() if forgeries.vouched_for(*pair)]
    others: list[forgeries.Forgery] = [
        forgeries.delete, forgeries.insert, partial(forgeries.span_forgery, AssetSpan),
        partial(forgeries.span_forgery, UnitShare), partial(forgeries.silent_retirement, AssetSpan),
        partial(forgeries.silent_retirement, UnitShare),
    ]  # fmt: skip
    missed = []
    for n in range(count):
        if n % 2:
            how = partial(forgeries.change, *chance.choice(columns), chance)
        else:
            how = partial(others[n // 2 % len(others)], chance)
        told, found = taken_back(how)
        missed += [] if found else [told]
    return missed


@pytest.fixture
def sealed_world(world: dict[str, object]) -> None:
    """One of everything, its journal sealed, and verify content with it."""
    sealing.seal_all()
    assert verify.verify().findings == []


@pytest.mark.slow
@pytest.mark.usefixtures("sealed_world")
def test_forgeries_of_every_kind_are_found() -> None:
    assert forge(40, lifted=False) == [], "guards in place"
    with forgeries.no_protection():
        assert forge(80, lifted=True) == [], "guards lifted"
    assert verify.verify().findings == []


@pytest.mark.soak
@pytest.mark.usefixtures("sealed_world")
def test_a_thousand_forgeries_and_every_column_are_found(
    record_property: Callable[[str, object], None],
) -> None:
    assert forge(400, lifted=False) == []
    with forgeries.no_protection():
        assert forge(600, lifted=True) == []
        missed = []
        every = forgeries.every_column()
        for model, field in every:
            told, found = taken_back(partial(forgeries.change, model, field, Chance(1)))
            if not found and forgeries.vouched_for(model, field):
                missed.append(told)
    assert missed == []
    record_property("forgeries", 1000)
    record_property("columns", len(every))


@pytest.mark.usefixtures("sealed_world")
def test_a_changed_and_a_deleted_file_are_found() -> None:
    file = StoredFile.objects.order_by("pk")[0]
    path = files.path_of(file.sha256)
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + b"?")
    assert any(file.sha256 in finding for finding in findings())
    path.unlink()
    assert any(file.sha256 in finding for finding in findings())
    path.write_bytes(kept)
    assert findings() == []
