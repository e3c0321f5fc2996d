"""What of an entry is shown is one list: what is not on it is hidden, and nothing is forgotten."""

from typing import Any

import pytest

from core.access import SYSTEM
from core.facts import columns
from core.journal import showing
from core.journal.showing import Shown
from core.models import Entry
from people.models import Room, School, User
from tests.factories import make_asset


def test_every_column_that_the_journal_holds_is_shown_to_somebody() -> None:
    forgotten = []
    for table in columns.tables():
        told = showing.registered(table.label) | showing.registered(showing.ANY)
        forgotten += [
            f"{table.label}.{name}"
            for name in table.columns
            if not {name, name.removesuffix("_id")} & told
        ]
    assert forgotten == [], "say in <app>/shown.py who sees them"


@pytest.mark.django_db
def test_what_nobody_registered_is_hidden_in_rows_too(
    ana: User, fay: User, tom: User, lincoln: School, room: Room
) -> None:
    asset = make_asset(school=lincoln, room=room)
    disposal = {"method": "sold", "sale_price": "98765.43", "secret": "x"}
    entry = Entry(
        kind="asset.disposed",
        subject_type="assets.asset",
        subject_id=asset.pk,
        school_id=lincoln.pk,
        changes={"status": ["in_use", "disposed"], "secret": ["a", "b"]},
        data={
            "sale_price": "98765.43",
            "secret": 1,
            "rows": {"assets.disposal": [disposal], "assets.unheard": [{"id": 1}]},
        },
    )

    def seen(by: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = Shown([entry], by)
        return shown.changes(entry), shown.data(entry)

    changes, data = seen(fay)
    assert changes == {"status": ["in_use", "disposed"]}
    assert data == {
        "sale_price": "98765.43",
        "rows": {"assets.disposal": [{"method": "sold", "sale_price": "98765.43"}]},
    }
    assert seen(tom)[1] == {"rows": {"assets.disposal": [{"method": "sold"}]}}
    assert "secret" not in str(seen(SYSTEM))
