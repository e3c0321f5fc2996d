"""An import that others overtook since its preview does nothing that it did not show."""

from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from assets.actions import change_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from core.problems import Refused
from funding.actions import ShareDraft, share_line
from funding.models import Award, Unit
from integrations.actions import apply_import, mend_cell, preview
from integrations.models import ImportSession
from people.models import School, User
from tests.factories import make_asset
from tests.integrations.conftest import bring, look_at, outcomes, work
from tests.integrations.untagged import received

pytestmark = pytest.mark.django_db
# Modules that share their names with functions of the package.
planning = import_module("integrations.actions.plan")
FILE = "Tag,Make,Model\n" + "".join(f"A{n},Acer,X\n" for n in range(1, 7))


def test_a_thing_that_a_person_changed_since_the_preview_is_left_alone(
    lincoln: School, equipment: Category
) -> None:
    asset = make_asset(school=lincoln, tag="A1")
    other = make_asset(school=lincoln, tag="A2")
    session = look_at("Tag,Description\nA1,from the file\nA2,from the file\n")
    change_asset(asset, by=SYSTEM, description="by hand")
    session = work(apply_import(session, by=SYSTEM))
    assert outcomes(session) == {"refused": 1, "update": 1}
    assert "since the preview" in session.rows.get(outcome="refused").problems[0][1]
    asset.refresh_from_db()
    other.refresh_from_db()
    assert (asset.description, other.description) == ("by hand", "from the file")


def test_what_another_did_since_the_preview_is_not_done_twice(
    lincoln: School, equipment: Category
) -> None:
    asset = make_asset(school=lincoln, tag="A1")
    session = look_at("Tag,Description,Use\nA1,from the file,reading\n")
    change_asset(asset, by=SYSTEM, description="from the file")
    session = work(apply_import(session, by=SYSTEM))
    assert list(session.rows.get().changes) == ["use"]


def test_a_thing_registered_since_the_preview_is_not_changed_by_a_row_shown_as_new(
    lincoln: School, equipment: Category
) -> None:
    session = look_at("Tag,Description\nA1,from the file\n")
    make_asset(school=lincoln, tag="A1")
    session = work(apply_import(session, by=SYSTEM))
    assert outcomes(session) == {"refused": 1}
    assert Asset.objects.get().description == ""


def test_the_same_file_in_two_windows_comes_in_once(lincoln: School, equipment: Category) -> None:
    first, second = look_at(FILE), look_at(FILE)
    work(apply_import(first, by=SYSTEM))
    second = work(apply_import(second, by=SYSTEM))
    assert outcomes(second) == {"same": 6}
    assert Asset.objects.count() == 6


def test_a_window_that_plans_an_import_gives_way_to_a_later_one(
    monkeypatch: Any, lincoln: School, equipment: Category
) -> None:
    session = look_at(FILE)
    plan_rows = planning.plan_rows

    def overtaken(*args: Any) -> Any:
        monkeypatch.setattr(planning, "plan_rows", plan_rows)
        mend_cell(session, 2, "Model", "mended", by=SYSTEM)
        return plan_rows(*args)

    monkeypatch.setattr(planning, "BATCH", 2)
    monkeypatch.setattr(planning, "plan_rows", overtaken)
    with pytest.raises(Refused, match="Another window"):
        preview(session, by=SYSTEM)
    assert ImportSession.objects.get(pk=session.pk).state == "previewed"


ORDERED = "Tag,Make,Model,PO,Cost\n{0}1,HP,X,PO-9,100\n{0}2,HP,X,PO-9,100\n"


def test_a_row_that_was_shown_to_take_a_unit_makes_none_where_others_tagged_it(
    lincoln: School, equipment: Category, ana: User
) -> None:
    purchase = received(("Laptops", 2, "200.00"))
    session = look_at(ORDERED.format("A"), by=ana)
    bring(ORDERED.format("B").rpartition("B2")[0], by=ana)
    session = work(apply_import(session, by=ana))
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "since the preview" in session.rows.get(outcome="refused").problems[0][1]
    line = purchase.lines.get()
    assert (line.quantity, line.units.count()) == (2, 2)


def test_a_row_that_was_shown_to_make_a_unit_takes_none_that_came_meanwhile(
    lincoln: School, equipment: Category, ana: User
) -> None:
    session = look_at(ORDERED.format("A"), by=ana)
    received(("Laptops", 2, "200.00"))
    session = work(apply_import(session, by=ana))
    assert outcomes(session) == {"refused": 2}
    assert Unit.objects.filter(asset=None).count() == 2


def test_a_row_takes_no_unit_of_which_somebody_else_pays_since_its_preview(
    lincoln: School, equipment: Category, arp: Award, ana: User
) -> None:
    purchase = received(("Laptops", 2, "200.00"))
    session = look_at(ORDERED.format("A"), by=ana)
    share_line(purchase.lines.get(), [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM)
    session = work(apply_import(session, by=ana))
    assert outcomes(session) == {"refused": 2}
