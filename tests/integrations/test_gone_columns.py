"""What is gone does not come in as in stock, nor who left as active, where a column that nobody
uses says so: the preview speaks of it, with the count of the cells that say something."""

import pytest

from tests.integrations.conftest import look_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]


def gone(text: str, kind: str = "assets") -> list[str]:
    says = "it may say that an item is gone" if kind == "assets" else "it may say who left"
    return [note for note in look_at(text, kind=kind).plan_notes if says in note]


@pytest.mark.parametrize(
    ("heading", "cell", "other"),
    [
        ("Retired", "Yes", "No"),
        ("Disposition", "Sold at auction 6/1/2024", ""),
        ("Active", "No", "Yes"),
        ("Lost", "Yes", "FALSE"),
        ("Lost/Stolen", "Yes", ""),
        ("Surplus", "Y", "N"),
        ("Missing", "X", ""),
        ("In Service", "No", "Yes"),
        ("State", "Disposed", "OH"),
        ("Device state", "Retired", "Ohio"),
        ("Decommissioned Date", "6/1/2024", "N/A"),
        ("Out of Service Date", "6/1/2024", ""),
        ("deprovisioned", "true", "false"),
        ("Weeded", "Yes", "No"),
        ("Written Off", "6/1/2024", ""),
        ("Salvage Date", "6/1/2024", ""),
        ("Trade-In", "Yes", "No"),
        ("Junked", "X", ""),
        ("Destroyed", "Y", "N"),
        ("E-Waste", "Yes", "No"),
        ("Disp Code", "AUC", ""),
        ("Removed From Inventory", "6/1/2024", "N/A"),
    ],
)
def test_a_column_that_says_that_a_thing_is_gone_is_spoken_of(
    heading: str, cell: str, other: str
) -> None:
    text = f"Tag,Status,{heading}\n1,In stock,{cell}\n2,In stock,{other}\n3,In stock,{cell}\n"
    assert [n.partition(" What")[0] for n in gone(text)] == [
        f"{heading}: it may say that an item is gone or out of service, and is not used (cells: 2)."
    ]
    assert not gone(f"Tag,{heading}\n1,{other}\n"), "a No says nothing of the kind"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Lost Charger Fee", "35.00"),
        ("Salvage Value", "10.00"),
        ("Active Directory Name", "LIN-0017"),
        ("Sold By", "CDW"),
        ("In Service Date", "6/1/2024"),
        ("Missing Parts", "charger"),
        ("Recycled Content", "30 %"),
        ("Vendor State", "Sold out"),
        ("Statement", "x"),
        ("Trade In Value", "100"),
        ("Waste Container", "3"),
    ],
)
def test_a_column_that_merely_has_such_a_word_is_not(heading: str, cell: str) -> None:
    assert gone(f"Tag,{heading}\n1,{cell}\n") == []


@pytest.mark.parametrize("heading", ["suspended", "archived", "Deleted", "Is Former"])
def test_of_people_who_are_suspended_or_deleted_elsewhere_is_spoken(heading: str) -> None:
    text = f"ID,First Name,Last Name,{heading}\n1,Ann,Zed,True\n2,Bo,Zed,False\n"
    (note,) = gone(text, "people")
    assert note.startswith(f"{heading}: it may say who left, and is not used (cells: 1).")
    assert gone("ID,First Name,Last Name,Former School\n1,Ann,Zed,Oak\n", "people") == []


@pytest.mark.parametrize("heading", ["Given To", "Used By", "Last Person", "Return Date", "Person"])
def test_a_column_that_may_say_who_has_a_thing_is_spoken_of(heading: str) -> None:
    notes = "\n".join(look_at(f"Tag,{heading}\n1,Ann\n2,\n").plan_notes)
    assert f"{heading}: it may say who has an item or that it is out" in notes
    assert "(cells: 1)" in notes


def test_a_second_status_is_spoken_of() -> None:
    session = look_at("Tag,Status,Status\n1,In stock,Lost\n")
    assert "Status (2): it may say who has an item" in "\n".join(session.plan_notes)


def test_a_column_that_fills_the_gaps_of_another_is_spoken_of() -> None:
    text = "Tag,Award 1,Funding Source\n1,,General fund\n2,,Title I\n3,,\n"
    notes = "\n".join(look_at(text).plan_notes)
    assert "Funding Source: it may say the same as Award 1, and is not used (cells" in notes
    assert "is empty: 2)" in notes


def test_a_column_that_only_repeats_another_is_not() -> None:
    notes = "\n".join(look_at("Tag,Barcode,Cost,Price\n1,1,10,12\n2,2,,\n").plan_notes)
    assert "may say the same" not in notes
    assert "Kept, and read by no field: Barcode, Price." in notes
