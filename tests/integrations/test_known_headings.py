"""What the page calls a field, and what the documentation lists, is a heading that is known; so are
those of the exports that districts bring."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.headings import squashed
from integrations.kinds import KINDS
from integrations.kinds.labels import label
from integrations.kinds.names.schools import COLUMNS
from people.actions import create_school
from people.models import School, User
from tests.integrations.conftest import look_at, outcomes, why

pytestmark = pytest.mark.django_db  # a heading may be one of the district's words
DOCS = Path(__file__).parents[2] / "docs/imports.md"


def field_of(kind: str, heading: str) -> str:
    return KINDS[kind].guess([heading]).get(heading, "")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_column_called_as_the_page_calls_a_field_is_that_field(kind: str) -> None:
    names = [f.name for f in KINDS[kind].fields if f.name not in COLUMNS[1:]]
    other = {n: label(n) for n in names if field_of(kind, label(n)) != n}
    assert not other, "nobody writes “School (second column)”; every other label is a heading"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_column_called_as_a_field_is_spelled_is_that_field(kind: str) -> None:
    assert not [f.name for f in KINDS[kind].fields if field_of(kind, f.name) != f.name]


def listed() -> Iterator[tuple[str, str]]:
    """The headings of the table of assets and of the other kinds' columns, as documented."""
    text = DOCS.read_text()
    for line in text.partition("| column | also called")[2].splitlines():
        if line.startswith("| ") and line.count("|") == 4:
            for cell in line.split("|")[1:3]:
                yield from (("assets", h) for h in re.split("[,;]", cell))
    for kind, title in (
        ("people", "People"),
        ("places", "Schools and rooms"),
        ("awards", "Awards"),
    ):
        part = text.partition(f"## {title}\n")[2].partition("Columns: ")[2].partition(".")[0]
        columns = re.sub(r"\([^)]*\)", "", part)
        assert columns.count(",") > 3, title
        yield from ((kind, h) for h in columns.split(","))


def test_every_documented_heading_is_known() -> None:
    unknown = []
    for kind, heading in listed():
        numbered = heading.strip().removesuffix(" 1 to 3")
        every = [f"{numbered} {n}" for n in "123"] if numbered != heading.strip() else [numbered]
        unknown += [h for h in every if h and squashed(h) not in KINDS[kind].meant()]
    assert len(list(listed())) > 80
    assert not unknown


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("assets", "LocationName", "school"),
        ("assets", "StatusName", "status"),
        ("assets", "PurchasedDate", "acquired_on"),
        ("assets", "OwnerSchoolIdNumber", "holder"),
        ("assets", "Site Short Name", "school"),
        ("assets", "Site ID", "school"),
        ("assets", "Holder’s email", "holder_email"),
        ("assets", "LocationRoom", "room"),
        ("assets", "PurchasePoNumber", "po"),
        ("assets", "LastVerificationDate", "last_verified_on"),
        ("assets", "Date Verified", "last_verified_on"),
        ("assets", "Acq Date", "acquired_on"),
        ("assets", "Acq. Cost", "cost"),
        ("assets", "Grant", "award_1"),
        ("people", "studentEmail", "email"),
        ("people", "Other ID", "local_id"),
        ("people", "Location", "school"),
        ("assets", "Checked Out Date", "loaned_on"),
        ("assets", "Last Scanned Date", "last_verified_on"),
        ("assets", "LastVerifiedDate", "last_verified_on"),
        ("assets", "RetiredDate", "disposed_on"),
        ("assets", "Inventory Status", "status"),
        ("assets", "Status Desc", "status"),
        ("assets", "Make/Model", "make_and_model"),
        ("assets", "Device Serial", "serial"),
        ("assets", "Device Model", "model"),
        ("people", "Emp #", "local_id"),
        ("people", "Emp Stat", "status"),
        ("people", "Last Day Worked", "left_on"),
        ("people", "primaryOrgSourcedId", "school"),
    ],
)
def test_headings_of_other_systems_are_known(kind: str, heading: str, field: str) -> None:
    assert field_of(kind, heading) == field


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("assets", "Asset Tag (required)", "tag"),
        ("assets", "Model [Optional]", "model"),
        ("assets", "Assigned To (ID)", "holder"),
        ("assets", "Purchase Date (MM/DD/YYYY)", "acquired_on"),
        ("assets", "Cost (USD)*", "cost"),
        ("people", "First Name [Required]", "first_name"),
        ("people", "Status [READ ONLY]", "status"),
        ("people", "Status (A/I)", "status"),
        ("people", "Active (Y/N)", "active"),
        ("assets", "Cost (total)", ""),
        ("assets", "Asset Tag (old)", ""),
        ("assets", "Room (previous)", ""),
    ],
)
def test_what_a_template_adds_in_brackets_hides_no_heading(
    kind: str, heading: str, field: str
) -> None:
    assert field_of(kind, heading) == field


def test_an_id_and_a_name_of_two_schools_contradict_each_other(
    equipment: object, ana: User, lincoln: School
) -> None:
    create_school("ROO", "Roosevelt", by=ana)
    text = f"Tag,Make,Model,Site ID,Site Name\n1,HP,G8,ROO,{lincoln.name}\n2,HP,G8,17,Roosevelt\n"
    session = look_at(text, by=ana)
    assert outcomes(session) == {"refused": 1, "create": 1}
    assert "name different schools" in why(session)
