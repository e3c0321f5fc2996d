"""What an import keeps in the database has one shape, whichever version of the program wrote it: an
import of last month can still be undone."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assets.models import Asset, Category
from integrations.kinds.assets.row import AssetChanges
from integrations.kinds.awards.kind import AwardChanges
from integrations.kinds.rows.changes import Change, Changes, change
from integrations.kinds.rows.unknown import RoomNamed, Unknown, read_name, read_names
from integrations.models import ImportSession, StagedRow
from integrations.options import Options
from people.models import School, User
from tests.integrations.conftest import bring, look_at


def kept(changes: Changes) -> StagedRow:
    """A staged row as the database gives it back."""
    stored: dict[str, Any] = json.loads(json.dumps([changes.before(), changes.shown()]))
    return StagedRow(before=stored[0], changes=stored[1])


@pytest.mark.django_db
def test_a_row_keeps_what_it_changes_in_the_shape_it_always_had(
    equipment: Category, lincoln: School, ana: User
) -> None:
    columns = "Tag,Serial,Make,Model,Room,Description,Condition,Cost,PO\n"
    bring(f"{columns}R1,S1,Acer,X,101,,good,400.00,PO-9\n", by=ana)
    thing = Asset.objects.get(tag="R1")
    row = look_at(f"{columns}R1,S1,Acer,X,102,Cart,fair,420.00,PO-9\n", by=ana).rows.get()
    assert row.before == {
        "description": "",
        "condition": "good",
        "condition_on": None,
        "room": thing.room_id,
        "cost": "400.00",
    }
    assert {name: old for name, (old, _new) in row.changes.items()} == {
        "description": "",
        "condition": "Good",
        "room": str(thing.room),
        "cost": "400.00",
    }


def test_what_stood_there_is_read_back_as_what_it_was() -> None:
    changes = AwardChanges()
    changes.issued_on = change(date(2024, 7, 1), date(2024, 8, 1))
    changes.amount = change(Decimal("1200.50"), Decimal("1300"))
    changes.active = change(False, True, shown=("out of use", "in use"))
    changes.obligate_by = change(None, date(2026, 9, 30))
    back = AwardChanges.read(kept(changes))
    assert vars(back) == vars(changes)
    assert back.facts(["issued_on", "amount", "fain"]) == {
        "issued_on": date(2024, 7, 1),
        "amount": Decimal("1200.50"),
    }


def test_a_row_of_an_earlier_version_is_read_without_what_it_did_not_keep() -> None:
    row = StagedRow(
        before={"cost": None, "award_1": "", "taken": 7, "unit": None, "holder": None, "gone": 1},
        changes={"cost": ["", "349.00"], "award_1": ["", "IDEA 611"], "unit": ["", "PO-9/1 #1"]},
    )
    back = AssetChanges.read(row)
    assert back.taken == Change(7)
    assert back.cost == Change(None, ("", "349.00"))
    assert (back.cost_now, back.awards_now, back.stood) == (None, None, None)
    assert back.before() == {k: v for k, v in row.before.items() if k != "gone"}
    assert back.shown() == row.changes


def test_what_is_known_of_a_file_is_kept_beside_what_others_kept() -> None:
    session = ImportSession(
        options={"school": "LIN", "list_of": "2025-01-31", "1904": True, "dash": "", "more": 1}
    )
    said = session.said
    assert (said.school, said.list_of, said.from_1904) == ("LIN", date(2025, 1, 31), True)
    assert (said.dash, said.reasons, said.mapped) == ("", None, {})
    session.say(Options(school="LIN", list_of=said.list_of, planner="abc", reasons=[]))
    assert session.options == {
        "school": "LIN",
        "list_of": "2025-01-31",
        "planner": "abc",
        "reasons": [],
        "more": 1,
    }


def test_names_that_nobody_knows_are_read_back_as_they_were_counted() -> None:
    unknown = Unknown(Options(mapped={"category": {"laptop": "12"}}))
    for spelled in ("LIN 9", "lin 9", "LIN 9"):
        unknown.note("room", spelled, RoomNamed(3, "", "9"))
    assert unknown.meant("category", "Laptop") == 12
    stored: dict[str, Any] = json.loads(json.dumps(unknown.as_json()))
    assert stored == {
        "room": {"LIN 9": {"count": 3, "school": 3, "building": "", "code": "9", "also": ["lin 9"]}}
    }
    named = read_name(stored, "room", "LIN 9")
    assert named is not None and named.room == RoomNamed(3, "", "9") and named.count == 3
    settled = read_names(unknown.settled_as_json())["category"]["Laptop"].meaning
    assert settled is not None and (settled.key, settled.how) == ("12", "chosen")
