"""Nothing in the journal is changed without being found."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from assets.actions import assign_asset, return_asset
from core.journal import guards, sealing, verify
from people.models import Person, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(lincoln: School, maria: Person, tom: User) -> tuple[int, str]:
    """A sealed history of some forty entries; its head as a report would print it."""
    for _n in range(10):
        asset = make_asset(school=lincoln)
        assign_asset(asset, to=maria, by=tom)
        return_asset(asset, by=tom)
    sealing.seal_all()
    return sealing.head()


def test_an_untouched_journal_verifies(history: tuple[int, str]) -> None:
    if connection.vendor == "postgresql":
        # Inside the test's one open transaction nothing is final yet, which is the promise.
        assert sealing.head()[0] == 0
        return
    result = verify.verify(printed_head=history)
    assert result.findings == []
    assert result.sealed > 30


@pytest.mark.parametrize(
    "statement", ["UPDATE core_entry SET kind = 'x'", "DELETE FROM core_entry"]
)
def test_the_database_refuses_to_change_an_entry(statement: str, lincoln: School) -> None:
    make_asset(school=lincoln)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_missing_guard_is_missed_by_check_and_verify(lincoln: School) -> None:
    with connection.cursor() as cursor:
        on = " ON core_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER guard_core_entry_delete{on}")
    assert guards.missing() == ["guard_core_entry_delete"]
    assert "guard_core_entry_delete" in str(verify.verify().findings)
    with pytest.raises(Exception, match="guard_core_entry_delete"):
        call_command("check", databases=["default"], tags=["database"])
    guards.install()
    assert guards.missing() == []
