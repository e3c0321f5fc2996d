"""An import that is asked for what it cannot be: what Ana is told, and that nothing came in."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.actions import create_category
from assets.models import Asset, Category
from core.access import SYSTEM
from core.problems import Invalid
from integrations import actions
from integrations.actions import Choice
from integrations.models import ImportSession
from people.models import School, User
from tests.integrations.conftest import look_at, outcomes, work
from tests.refusing import meanwhile, page_says, refusal

Of = Callable[[User | None], Client]
TEXT = "Tag,Make,Model,Category\nA1,Acer,X,Carts\n"


@pytest.fixture
def session(ana: User, lincoln: School) -> ImportSession:
    """One row of a category that nobody knows."""
    return look_at(TEXT, by=ana, category="")


@pytest.mark.django_db
def test_a_file_of_no_kind(ana: User, client_of: Of) -> None:
    with refusal("kind"), pytest.raises(Invalid, match="Choose what the file holds"):
        actions.stage(b"Tag\nA1\n", by=ana, kind="spaceships", name="x.csv")
    page = client_of(ana).post(reverse("imports"), {"kind": "spaceships"})
    assert page.status_code == 200 and not ImportSession.objects.exists()


@pytest.mark.django_db
def test_a_cell_of_no_column_and_a_choice_that_is_none(
    session: ImportSession, ana: User, client_of: Of
) -> None:
    client, number = client_of(ana), session.rows.get().number
    path = reverse("import-mend", args=[session.pk, number])
    typed = {"header": "Colour", "value": "red"}
    page_says(client, path, typed, "header", "There is no such column", status=400)
    path = reverse("import-conflicts", args=[session.pk])
    for kind, choice in (("other", "merge"), ("none", "correct")):
        typed = {"kind": kind, "choice": choice}
        page_says(client, path, typed, "choice", "Choose what these rows mean", status=400)
    typed = {"kind": "other", "choice": "correct"}
    said = "No row asks this any more. Look at the preview again"
    page_says(client, path, typed, "not-asked", said, status=409)


@pytest.mark.django_db
def test_one_that_was_applied_is_neither_mapped_nor_mended(
    session: ImportSession, ana: User, client_of: Of
) -> None:
    actions.settle_unknown(session, [Choice("category", "Carts", "create")], by=ana)
    work(actions.apply_import(session, by=ana))
    client, number = client_of(ana), session.rows.get().number
    said = "This import was applied already"
    path = reverse("import-mend", args=[session.pk, number])
    page_says(client, path, {"header": "Tag", "value": "A2"}, "applied", said, status=409)
    path = reverse("import-act", args=[session.pk, "apply"])
    page_says(client, path, {}, "state", "This cannot be done now", status=409)
    assert Asset.objects.get().tag == "A1"


@pytest.mark.django_db(transaction=True)
def test_a_category_that_somebody_makes_at_this_moment_is_no_second_one(
    session: ImportSession, ana: User
) -> None:
    with meanwhile(lambda: create_category("CARTS", by=SYSTEM)):
        actions.settle_unknown(session, [Choice("category", "Carts", "create")], by=ana)
    session = actions.preview(session, by=ana)
    assert outcomes(session) == {"create": 1}
    assert Category.objects.filter(name__iexact="carts").count() == 1
