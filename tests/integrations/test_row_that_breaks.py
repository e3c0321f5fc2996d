"""A row by which the program itself breaks is refused with a sentence, and the others come in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from structlog.testing import capture_logs

from assets import actions as assets
from assets.models import Asset
from core import runs
from core.access import SYSTEM
from core.time import days
from integrations import actions
from integrations.models import ImportSession
from tests.integrations.conftest import bring, look_at, outcomes, undo, why, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
TAGS = ["A1", "A2", "A3", "A4"]
LIST = "Tag,Use\n" + "".join(f"{tag},Math\n" for tag in TAGS)
SAID = "Something broke on our side with this row (ValueError). The system log has the details."
Breaks = Callable[[Exception], None]


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Breaks:
    """Nothing can be said of A2: an exception comes that nobody foresaw."""
    bring("Tag\n" + "".join(f"{tag}\n" for tag in TAGS), name="things.csv")
    change = assets.change_asset

    def of(error: Exception) -> None:
        def broken(asset: Asset, **values: Any) -> Asset:
            if asset.tag == "A2":
                raise error
            return change(asset, **values)

        monkeypatch.setattr(assets, "change_asset", broken)

    return of


def used() -> list[str]:
    return list(Asset.objects.filter(use="Math").order_by("tag").values_list("tag", flat=True))


def test_the_others_come_in(breaks: Breaks) -> None:
    breaks(ValueError("of A2"))
    with capture_logs() as logged:
        session = bring(LIST)
    assert (session.state, outcomes(session)) == ("applied", {"update": 3, "refused": 1})
    assert why(session) == SAID
    assert used() == ["A1", "A3", "A4"]
    [told] = [line for line in logged if line["event"] == "import_row_broke"]
    assert (told["session"], told["row"]) == (session.pk, 3)


def test_the_others_are_undone(breaks: Breaks, monkeypatch: pytest.MonkeyPatch) -> None:
    session = bring(LIST)
    breaks(ValueError("of A2"))
    session = undo(session)
    assert (session.state, why(session), used()) == ("applied", SAID, ["A2"])
    monkeypatch.undo()
    session = undo(session)
    assert (session.state, used()) == ("undone", [])


def test_what_was_away_is_no_fault_of_a_row(
    breaks: Breaks, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(OperationalError("the database is locked"))
    session = actions.apply_import(look_at(LIST), by=SYSTEM)
    assert session.run is not None and runs.execute(session.run.pk)
    session.run.refresh_from_db()
    assert session.run.state == "waiting"
    assert outcomes(session) == {"update": 4} and not used()
    monkeypatch.undo()
    session.run.available_at = days.now()
    session.run.save(update_fields=["available_at"])
    session = work(ImportSession.objects.get(pk=session.pk))
    assert (outcomes(session), used()) == ({"update": 4}, TAGS)
