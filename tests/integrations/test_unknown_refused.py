"""Of names that nobody knows, what cannot be made is said beside it, and the others are made."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.actions import create_category
from assets.models import Category
from core.access import SYSTEM
from integrations.actions import Choice, settle_unknown
from people.actions import create_room
from people.models import Room, School, User
from tests.integrations.conftest import look_at, outcomes

pytestmark = pytest.mark.django_db


def test_create_all_says_what_it_cannot_make_and_makes_the_rest(
    equipment: Category, ana: User, client_of: Callable[[User], Client]
) -> None:
    """Two schools whose first 32 letters are the same cannot both be made under that code."""
    same = "The Very Long Name of a School on"
    text = (
        f"Tag,School,Category\n1,{same} the Hill,Widget\n2,{same} the Lake,wídget\n3,LIN,WID-GET\n"
    )
    client = client_of(ana)
    session = look_at(text, by=ana)
    client.post(reverse("import-unknown", args=[session.pk]), {"all": "1"})
    session.refresh_from_db()
    assert outcomes(session) == {"create": 2, "refused": 1}
    assert School.objects.filter(name__startswith="The Very").count() == 1
    assert Category.objects.filter(name__istartswith="wid").count() == 1
    assert list(session.unknown) == ["school"]
    html = client.get(reverse("import", args=[session.pk])).content.decode()
    why = re.search(r'<p class="problems" id="why-0">([^<]+)</p>', html)
    assert why is not None
    assert "code" in why[1]


def test_a_refused_choice_stands_beside_its_row_and_the_others_are_done(
    equipment: Category, ana: User, washington: School, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Tag,School,Status\n1,Elm,zzz\n2,Oak,Good enough\n", by=ana)
    data = {
        "kind-0": "status",
        "name-0": "zzz",
        "choice-0": "word:void",
        "kind-1": "status",
        "name-1": "Good enough",
        "choice-1": "word:in_use",
        "kind-2": "school",
        "name-2": "Oak",
        "choice-2": f"map:{washington.pk}",
        "kind-3": "school",
        "name-3": "Elm",
        "choice-3": "map:999999",
    }
    client_of(ana).post(reverse("import-unknown", args=[session.pk]), data)
    session.refresh_from_db()
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert session.options["refused"] == {
        "status": {"zzz": "Choose what zzz means."},
        "school": {"elm": "Choose what Elm is."},
    }


def test_a_room_that_cannot_be_made_leaves_the_others(lincoln: School, ana: User) -> None:
    create_category("Equipment", by=SYSTEM)
    session = look_at("Tag,Room\n1,Attic\n2,Cellar\n", by=ana)
    create_room(lincoln, "cellar", by=SYSTEM)  # somebody else, a moment ago
    choices = [Choice("room", f"LIN {name}", "create") for name in ("Attic", "Cellar")]
    session = settle_unknown(session, choices, by=ana)
    assert Room.objects.filter(code="Attic").exists()
    assert "has the room Cellar already" in session.options["refused"]["room"]["lin cellar"]
    assert outcomes(session) == {"create": 2}
