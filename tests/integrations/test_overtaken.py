"""An import that others overtook since its preview does nothing that it did not show."""

from importlib import import_module
from typing import Any

import pytest

from assets.actions import change_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from core.problems import Refused
from integrations.actions import apply_import, mend_cell, preview
from integrations.models import ImportSession
from people.models import School
from tests.factories import make_asset
from tests.integrations.conftest import look_at, outcomes, work

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
