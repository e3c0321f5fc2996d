"""Rows of totals, rows left out, another row of headings, and a dash: as the person said."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from core.problems import Invalid
from integrations.actions import leave_out, reread
from integrations.models import ImportSession
from people.models import School, User
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.test_several import again, page, shown
from tests.integrations.ways import ODD, by_apply, by_command, by_page, problems

__all__ = ["page"]

pytestmark = pytest.mark.django_db


def test_totals_are_no_things(page: Client, lincoln: School) -> None:
    session = by_page(ODD / "m3_totals_row.csv", page, category="Equipment")
    assert set(Asset.objects.values_list("tag", flat=True)) == {"ZT001", "ZT002"}
    assert {n: "row of totals" in found[0][1] for n, found in problems(session).items()} == {
        4: True,
        5: True,
    }


def test_totals_are_no_things_by_command_either(lincoln: School, equipment: Category) -> None:
    session = by_command(ODD / "m3_totals_row.csv", category="Equipment")
    assert outcomes(session) == {"create": 2, "refused": 2}


@pytest.mark.parametrize(
    "row",
    [
        "T1,Total Station,Leica,5.00",
        "T2,Subtotal,Acer,5.00",
        "TOTAL-7,Gym,Acer,5.00",
        "T4,Total Gym,,",
    ],
)
def test_a_thing_that_is_called_total_is_a_thing(
    lincoln: School, equipment: Category, row: str
) -> None:
    assert outcomes(look_at(f"Tag,Description,Make,Cost\n{row}\n")) == {"create": 1}


def test_a_row_is_left_out_on_the_page_and_taken_in_again(page: Client, ana: User) -> None:
    session = look_at("Tag,Make\nA1,Acer\nA2,Acer\nA2,Acer\n", by=ana)
    assert outcomes(session) == {"create": 2, "refused": 1}
    out = reverse("import-mend", args=[session.pk, 3])
    page.post(out, {"out": "1"})
    session.refresh_from_db()
    assert outcomes(session) == {"create": 2, "left": 1}, "the other A2 stands alone now"
    assert "Take it in again" in shown(page, session)
    page.post(out, {"out": "0"})
    assert outcomes(session) == {"create": 2, "refused": 1}
    page.post(out, {"out": "1"})
    by_apply(ImportSession.objects.get(), page)
    assert sorted(Asset.objects.values_list("tag", flat=True)) == ["A1", "A2"]
    answer = page.post(out, {"out": "0"})
    assert answer.status_code == 409, "it was applied"


def test_nobody_leaves_out_rows_of_anothers_import(
    page: Client, ana: User, tom: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Tag,Make\nA1,Acer\n", by=ana)
    url = reverse("import-mend", args=[session.pk, 2])
    assert client_of(tom).post(url, {"out": "1"}).status_code == 404
    assert page.post(reverse("import-mend", args=[session.pk, 9]), {"out": "1"}).status_code == 404
    assert outcomes(session) == {"create": 1}


def test_the_person_chooses_another_row_of_headings(page: Client, lincoln: School) -> None:
    text = "Tag,Serial\nNumber,Make\nA1,Acer\n"
    first = look_at(text, by=User.objects.get(name="Ana"))
    assert first.options["heading_row"] == 1
    second = again(first, page, heading="2")
    assert second.pk != first.pk
    assert second.headers == ["Number", "Make"]
    assert [row.number for row in second.rows.all()] == [3]
    first.refresh_from_db()
    assert first.state == "discarded"
    with pytest.raises(Invalid, match="cannot be the headings"):
        reread(second, 9, by=User.objects.get(name="Ana"))
    second.refresh_from_db()
    assert second.state == "previewed", "it is as it was"


def test_the_command_chooses_another_row_of_headings(
    lincoln: School, equipment: Category, tmp_path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Tag,Serial\nNumber,Make\nA1,Acer\n")
    session = by_command(path, heading=2, school="LIN", category="Equipment")
    assert outcomes(session) == {"create": 1}


def test_a_dash_is_answered_on_the_page(page: Client, lincoln: School, ana: User) -> None:
    session = look_at('Tag,Make,School,Cost\nA1,Acer,LIN,"$ -"\nA2,Acer,LIN,5\n', by=ana)
    assert outcomes(session) == {"refused": 1, "create": 1}
    text = shown(page, session)
    assert "a dash can be zero or unknown" in text
    assert 'name="dash"' in text
    assert 'name="order"' not in text, "nothing else is asked"
    assert outcomes(again(session, page, dash="unknown")) == {"create": 2}
    leave_out(session, 2, by=ana)
    assert outcomes(session) == {"left": 1, "create": 1}
