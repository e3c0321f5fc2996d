"""Many rows at once: each gets its own values, in few statements, whatever stands in them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.models import Asset
from core.db.bulk import FEW, update_each
from core.db.statements import insert, together
from core.models.words import EntryWords
from people.models import School
from tests.factories import make_asset

# Rows are written behind the actions: no entry tells of them.
pytestmark = [pytest.mark.django_db, pytest.mark.untrue]

WORDS = ("plain", 'a "quoted" \\ back\\nslash', "tab\tand % and %s", "Ñandú 日本 🦙", "null", "")


@pytest.mark.parametrize("many", [3, FEW + 10], ids=["few", "many"])
def test_each_row_gets_its_own_values_and_one_more_version(lincoln: School, many: int) -> None:
    assets = [make_asset(school=lincoln) for _n in range(many)]
    other = make_asset(school=lincoln)
    before = {a.pk: a.version for a in Asset.objects.all()}
    told = {
        a.pk: {
            "description": f"{WORDS[n % len(WORDS)]} {n}".strip(),
            "condition_on": date(2026, 1, 1 + n % 28) if n % 3 else None,
            "home_room_id": None,
        }
        for n, a in enumerate(assets)
    }

    update_each(Asset, told, count="version")

    for pk, values in told.items():
        row = Asset.objects.get(pk=pk)
        assert {name: getattr(row, name) for name in values} == values
        assert row.version == before[pk] + 1
    assert Asset.objects.get(pk=other.pk).version == before[other.pk]


def test_rows_with_other_columns_stand_in_one_call(lincoln: School) -> None:
    assets = [make_asset(school=lincoln) for _n in range(FEW + 10)]
    told = {
        a.pk: {"description": f"no. {n}"} if n % 2 else {"use": f"use {n}"}
        for n, a in enumerate(assets)
    }

    update_each(Asset, told, count="version")

    for n, asset in enumerate(assets):
        asset.refresh_from_db()
        said = (asset.description, asset.use)
        assert f"no. {n}" in said if n % 2 else f"use {n}" in said


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite takes one for each value")
def test_many_rows_with_other_values_take_one_statement(lincoln: School) -> None:
    assets = [make_asset(school=lincoln) for _n in range(FEW + 10)]
    with CaptureQueriesContext(connection) as asked:
        update_each(Asset, {a.pk: {"use": a.tag} for a in assets}, count="version")
    assert len(asked) == 1


def test_what_waits_is_written_before(lincoln: School) -> None:
    """The order of an act stays: what was told first is sent first, by whichever way."""
    assets = [make_asset(school=lincoln) for _n in range(FEW + 10)]
    words = EntryWords.of("first")
    with together():
        insert([words])
        update_each(Asset, {a.pk: {"use": a.tag} for a in assets}, count="version")
        if connection.vendor == "postgresql":
            assert EntryWords.objects.filter(digest=words.digest).exists()
    assert EntryWords.objects.filter(digest=words.digest).exists()
