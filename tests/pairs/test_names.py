"""A person shows on a thing as that thing shows people, however the person shows elsewhere.

Things of the first side are in the hands of people of the second: one was handed to Zelda where it
is, one to Yolanda at her school, from which it came. Whoever sees the things by an award alone, and
the people by their school, never gets from the one to the other, on whatever page: not by a
sentence, not by a list of what somebody holds, not by a filter, not by the feed.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.pairs.hidden import NAMING, everything, pieces, reader, sides
from tests.pairs.sides import Held

__all__ = ["sides"]

pytestmark = pytest.mark.django_db
Sides = dict[str, dict[str, Any]]
#: Who sees the things by an award alone, and the people by name.
HIDING: list[tuple[Held, Held]] = [
    (("auditor of the award", "one"), (kind, "two"))
    for kind in ("viewer", "technician", "technology_director")
]


@pytest.mark.parametrize("held", HIDING, ids=lambda held: "+".join(map("@".join, held)))
def test_no_page_leads_from_a_name_to_a_thing_that_shows_its_people_by_pseudonyms(
    held: tuple[Held, ...], sides: Sides, client_of: Callable[..., Client], api_of: Any
) -> None:
    crossed, wrong, seen = sides["crossed"], [], ""
    tags = [t.tag for t in crossed["things"]]
    for url, text in everything(reader(held, sides), sides, client_of, api_of):
        of_thing = re.match(r"/assets/\d+/", url)
        for piece in pieces(url, text):
            for name, person in (("Zelda", crossed["zelda"]), ("Yolanda", crossed["yolanda"])):
                if name in piece and (of_thing or any(tag in piece for tag in tags)):
                    wrong.append(f"{url} tells that {name} has it")
                if name in piece and person.pseudonym in piece:
                    wrong.append(f"{url} tells who {person.pseudonym} is")
        seen += text
    assert not wrong, "\n".join(wrong)
    words = {*tags, "OWN-1", "Zelda", "Yolanda", crossed["zelda"].pseudonym}
    assert {word for word in words if word not in seen} == set(), "each is told somewhere"


@pytest.mark.parametrize("held", NAMING, ids=lambda held: "+".join(map("@".join, held)))
def test_the_page_of_a_thing_that_names_people_names_them_all(
    held: tuple[Held, ...], sides: Sides, client_of: Callable[..., Client]
) -> None:
    crossed, pages = sides["crossed"], client_of(reader(held, sides))
    still, moved, back = (pages.get(f"/assets/{t.pk}/").content.decode() for t in crossed["things"])
    for text in (still, back):
        assert "was handed to Zelda Quark" in text
        assert crossed["zelda"].pseudonym not in text
    assert "Yolanda" in moved
    assert "handed to Yolanda" not in moved or "auditor by name" in held[0]


def test_with_whom_it_was_at_another_school_is_not_told_by_pseudonym_either(
    sides: Sides, client_of: Callable[..., Client]
) -> None:
    crossed = sides["crossed"]
    text = client_of(reader((("technician", "one"),), sides)).get(
        f"/assets/{crossed['things'][1].pk}/"
    )
    page = text.content.decode()
    assert "was handed to somebody of another school" in page
    assert crossed["yolanda"].pseudonym not in page
