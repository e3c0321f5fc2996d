"""Who may settle which thing a row means, and how: row by row, and only what is offered."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.models import Asset, Category
from core.problems import Invalid, Refused
from integrations import actions
from people.models import School, User
from tests.factories import make_asset
from tests.integrations.conftest import look_at, outcomes, why, work
from tests.integrations.lookalikes import laptop, projector, shape

__all__ = ["laptop", "projector"]

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
HEADER = "Asset Tag,Serial,Make,Model,School"


def test_tom_may_correct_his_things_but_not_merge_them(
    tom: User, laptop: Asset, projector: Asset, equipment: Category
) -> None:
    session = look_at(f"{HEADER}\nL-1,PRO1,Epson,EB1,LIN\n", by=tom)
    session = actions.settle_conflicts(session, "two", "merge", by=tom)
    assert "does not allow you to merge" in why(session)
    row = session.rows.get()
    assert (row.outcome, row.conflict) == ("refused", "two"), "another choice can be made"
    session = actions.settle_conflicts(session, "two", "retag", by=tom)
    assert outcomes(work(actions.apply_import(session, by=tom))) == {"same": 1}
    projector.refresh_from_db()
    assert projector.merged_into is None


def test_who_may_not_correct_is_told_and_nothing_changes(
    tom: User, laptop: Asset, projector: Asset, equipment: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    from people import backends

    allowed = backends.allowed_at_a_school
    monkeypatch.setattr(
        backends, "allowed_at_a_school", lambda role: allowed(role) - {"assets.correct_asset"}
    )
    for text, kind in (("L-1,LAP2,Acer,C311,LIN", "other"), ("P-2,PRO1,Epson,EB1,LIN", "serial")):
        session = look_at(f"{HEADER}\n{text}\n", by=tom)
        session = actions.settle_conflicts(session, kind, "correct", by=tom)
        assert "does not allow you to correct" in why(session)
        assert outcomes(work(actions.apply_import(session, by=tom))) == {"refused": 1}
    assert shape(laptop) == ("L-1", "LAP1", "Acer", "C311")
    assert shape(projector)[0] == "P-1"


def test_neds_file_learns_nothing_of_lincolns_things(
    ned: User, washington: School, laptop: Asset, equipment: Category
) -> None:
    session = look_at(f"{HEADER}\nL-1,PRO9,Epson,EB1,WAS\n", by=ned, school="WAS")
    assert why(session) == "This tag is taken."


def test_a_serial_of_a_thing_elsewhere_is_refused_before_applying(
    ned: User, washington: School, laptop: Asset, equipment: Category
) -> None:
    """As a new thing, and as the serial number of one of Ned's own."""
    own = make_asset(school=washington, tag="W-1", serial="", product=laptop.product)
    said = "Serial LAP1 of this make and model is registered already."
    for tag in ("W-9", "W-1"):
        session = look_at(f"{HEADER}\n{tag},LAP1,Acer,C311,WAS\n", by=ned, school="WAS")
        assert why(session) == said
        assert "L-1" not in str(session.rows.get().problems)
    other = look_at(f"{HEADER}\nW-9,LAP1,Acer,C733,WAS\n", by=ned, school="WAS")
    assert said not in why(other)
    own.refresh_from_db()
    assert own.serial == ""


def test_one_row_may_be_settled_otherwise_than_the_rest(
    ana: User, client_of: Of, laptop: Asset, projector: Asset, equipment: Category
) -> None:
    session = look_at(f"{HEADER}\nL-1,X1,Acer,C311,LIN\nP-1,X2,Epson,EB1,LIN\n", by=ana)
    client = client_of(ana)
    url = f"/imports/{session.pk}/"
    page = client.get(url).content.decode()
    assert "Use for this row" in page
    first, second = session.rows.order_by("number").values_list("number", flat=True)
    client.post(f"{url}conflicts/", {"kind": "other", "choice": "correct", "row": first})
    assert session.rows.get(number=first).outcome == "update"
    assert session.rows.get(number=second).outcome == "refused"
    client.post(f"{url}conflicts/", {"kind": "other", "choice": "keep"})
    assert outcomes(session) == {"update": 1, "same": 1}


def test_a_mended_row_asks_anew(ana: User, laptop: Asset, equipment: Category) -> None:
    session = look_at(f"{HEADER}\nL-1,X1,Acer,C311,LIN\n", by=ana)
    session = actions.settle_conflicts(session, "other", "correct", by=ana)
    number = session.rows.get().number
    session = actions.mend_cell(session, number, "Serial", "X9", by=ana)
    assert outcomes(session) == {"refused": 1}


def test_a_choice_that_is_not_offered_is_refused(
    ana: User, laptop: Asset, equipment: Category
) -> None:
    session = look_at(f"{HEADER}\nL-1,X1,Acer,C311,LIN\n", by=ana)
    for kind, choice in (("other", "merge"), ("none", "correct"), ("other", "")):
        with pytest.raises(Invalid):
            actions.settle_conflicts(session, kind, choice, by=ana)
    with pytest.raises(Refused, match="No row asks this"):
        actions.settle_conflicts(session, "two", "merge", by=ana)
