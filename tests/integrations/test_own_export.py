"""What we gave out comes back: nothing changed, nothing refused."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from assets.actions import assign_asset, change_status, dispose_asset, verify_asset
from assets.models import Asset
from core.access import SYSTEM
from core.models import Entry
from core.web.words import speak
from integrations.models import ImportSession
from people.actions import PersonDraft, save_people
from people.actions.district import change_district
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_product, make_purchase
from tests.integrations.conftest import outcomes, why
from tests.integrations.ways import by_command, by_page

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


#: What a list of somebody else would mean otherwise, as somebody typed it here.
LETTERS = (
    "x &amp; y",
    "-5 &lt; Zo&euml;",
    "JosÃ© wrote it",
    "'R&amp;D",
    "'=1+1",
    "''-1",
    '="00123"',
    "-",
    "'tis",
    "Works?",
)


@pytest.fixture
def things(lincoln: School, washington: School, room: Room, maria: Person, jamal: Person) -> int:
    """In a room, handed out, both, gone, missing, without serial, with texts that a spreadsheet
    would run, of a product without a make, at another school."""
    make_asset(school=lincoln, tag="000123", room=room)
    assign_asset(make_asset(school=lincoln, tag="E-2"), to=maria, by=SYSTEM)
    summer = make_asset(school=lincoln, tag="E-3", room=room)
    assign_asset(summer, to=jamal, by=SYSTEM)
    gone = make_asset(
        school=lincoln,
        tag="E-4",
        status="awaiting_disposal",
        legacy=True,
        acquired_on=date(2019, 8, 12),
    )
    dispose_asset(gone, by=SYSTEM, method="recycled", disposed_on=date(2026, 1, 5))
    change_status(make_asset(school=lincoln, tag="E-5"), to="missing", by=SYSTEM)
    make_asset(school=lincoln, tag="E-6", serial="", description='=1+1 "as is", -5')
    named = make_product(make="R&amp;D", model="JosÃ©'s", category="Hubs &amp;amp; Docks")
    for n, text in enumerate(LETTERS):
        make_asset(school=lincoln, tag=f"L-{n}", serial="", product=named, description=text)
    plain = make_product(make="", model="Globe", category="Map")
    make_asset(
        school=washington,
        tag="E-7",
        serial="-17",
        product=plain,
        condition="fair",
        acquired_on=date(2025, 8, 12),
    )
    _po, units = make_purchase(quantity=1)
    verify_asset(make_asset(school=washington, tag="E-8", unit=units[0]), by=SYSTEM)
    return Asset.objects.count()


#: As the district of somebody else says it; "place" is what our list calls where a thing is.
WORDS = {
    "school": "house, houses",
    "room": "place, places",
    "student": "scholar, scholars",
    "local_id": "pupil code, pupil codes",
    "asset": "item, items",
    "tag": "sticker, stickers",
    "vendor": "supplier, suppliers",
}


@pytest.fixture(params=["our words", "own words"])
def spoken(request: pytest.FixtureRequest, ana: User, client_of: Of) -> Iterator[str]:
    """What the district calls things, on its pages and in its exports."""
    if request.param == "own words":
        client_of(ana).post("/settings/words/", WORDS)
    yield request.param
    speak({})


@pytest.fixture(params=["command", "page"])
def again(
    request: pytest.FixtureRequest, spoken: str, ana: User, client_of: Of, tmp_path: Path
) -> Callable[..., ImportSession]:
    """Ana takes the file and brings it again."""

    def bring(address: str, kind: str) -> ImportSession:
        answer = client_of(ana).get(address)
        path = tmp_path / "ours.csv"
        path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
        first = path.read_text("utf-8-sig").splitlines()[0]
        assert ("House" in first) == (spoken == "own words" and "columns=" not in address)
        speak({})  # commands and workers speak our words
        if request.param == "command":
            return by_command(path, kind)
        return by_page(path, client_of(ana), kind)

    return bring


def test_the_list_of_things_comes_back_without_a_change(
    again: Callable[..., ImportSession], things: int
) -> None:
    before = Entry.objects.filter(subject_type="assets.asset").count()
    session = again("/assets/export.csv", "assets")
    assert outcomes(session) == {"same": things}, why(session)
    assert session.unknown == {}
    assert "" not in session.mapping.values(), "every column is read"
    assert Entry.objects.filter(subject_type="assets.asset").count() == before


def test_a_list_of_some_columns_comes_back_too(
    again: Callable[..., ImportSession], things: int
) -> None:
    session = again("/assets/export.csv?columns=tag,product,place", "assets")
    assert outcomes(session) == {"same": things}, why(session)


def test_a_room_or_product_that_our_list_names_otherwise_is_read_or_refused(
    ana: User, client_of: Of, lincoln: School, room: Room, tmp_path: Path
) -> None:
    make_product()
    make_asset(school=lincoln, tag="E-1", room=room)
    path = tmp_path / "ours.csv"
    path.write_text(
        "Tag,Make and model,School,Place\nE-1,Acer Chromebook 311,LIN,Main LIB\n"
        "E-9,Acer Chromebook 311,LIN,Main 101\nE-10,Nobody's Thing,LIN,Main 101\n"
        "E-11,Acer Chromebook 311,LIN,The attic\n"
    )
    session = by_page(path, client_of(ana))
    assert outcomes(session) == {"update": 1, "create": 1, "refused": 2}
    assert "No product is called Nobody's Thing." in why(session)
    assert "No room of this school is called The attic." in why(session)
    assert str(Asset.objects.get(tag="E-1").room) == "Main LIB"
    assert Asset.objects.get(tag="E-9").product.model == "Chromebook 311"


@pytest.fixture
def roster(lincoln: School, washington: School) -> int:
    drafts = [
        PersonDraft(
            local_id="00123", school=lincoln, first_name="=HYPERLINK(1)", last_name="Lopez"
        ),
        PersonDraft(
            local_id="-77",
            school=lincoln,
            first_name="Zoë",
            last_name="O'Brien, Jr.",
            grade="07",
            email="zoe@example.org",
        ),
        PersonDraft(
            local_id="T&amp;1",
            school=washington,
            kind="staff",
            first_name="Ben&amp;Jen",
            last_name="Cole?",
            title="Teacher",
        ),
        PersonDraft(local_id="9", school=washington, first_name="Lee", active=False),
    ]
    save_people(drafts, by=SYSTEM)
    return Person.objects.count()


def test_the_roster_comes_back_without_a_change(
    again: Callable[..., ImportSession], roster: int
) -> None:
    before = Entry.objects.filter(subject_type="people.person").count()
    session = again("/people/export.csv", "people")
    assert outcomes(session) == {"same": roster}, why(session)
    assert "" not in session.mapping.values(), "every column is read"
    assert Entry.objects.filter(subject_type="people.person").count() == before


def test_what_a_heading_means_in_our_words_it_means_in_no_other(
    ana: User, client_of: Of, lincoln: School, tmp_path: Path
) -> None:
    make_product()
    # Chosen before such words were refused.
    words = {"school": ["model", "models"], "tag": ["serial", "serials"], "local_id": ["code", "s"]}
    change_district(by=SYSTEM, words=words)
    path = tmp_path / "list.csv"
    path.write_text("Tag,Serial,Make,Model,School\nN-1,S-1,Acer,Chromebook 311,LIN\n")
    session = by_page(path, client_of(ana))
    speak({})
    assert session.mapping == {
        "Tag": "tag",
        "Serial": "serial",
        "Make": "make",
        "Model": "model",
        "School": "school",
    }
    assert outcomes(session) == {"create": 1}, why(session)


def test_the_roster_as_a_file_runs_nothing_and_shows_nobody_else(
    roster: int, tom: User, ada: User, client_of: Of
) -> None:
    text = b"".join(client_of(tom).get("/people/export.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=HYPERLINK(1)" in text and "'-77" in text
    assert "O'Brien" in text and "Cole" not in text, "Washington is not his"
    assert client_of(ada).get("/people/export.csv").status_code == 403


def test_a_row_without_a_category_is_asked_about_and_never_other(
    ana: User, client_of: Of, lincoln: School, tmp_path: Path
) -> None:
    make_product(make="HP", model="X1", category="Other")
    make_product(make="HP", model="X2", category="Laptop")
    path = tmp_path / "plain.csv"
    path.write_text("Tag,Make,Model,School\nN-1,Dell,D1,LIN\nN-2,HP,X2,LIN\n")
    for session in (by_page(path, client_of(ana)), by_command(path)):
        assert "The row names no category, and its make and model are new." in why(session)
    assert Asset.objects.get().product.category.name == "Laptop"
    mended = by_page(path, client_of(ana), category="Laptop")
    assert outcomes(mended) == {"create": 1, "same": 1}


def test_a_code_that_a_list_would_read_otherwise_and_stands_comes_back(
    again: Callable[..., ImportSession], lincoln: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:  # it was registered when nobody refused that
        before.setattr("assets.register.rules.tag_problems", lambda tag: ())
        before.setattr("assets.register.rules.serial_problems", lambda serial: ())
        make_asset(school=lincoln, tag="AMP&amp;2", serial="JosÃ©-1")
    session = again("/assets/export.csv", "assets")
    assert outcomes(session) == {"same": 1}, why(session)


ALIKE = ("44028", "044028", "IZ324", "IZ-324")


def test_things_whose_tags_look_alike_come_back_without_a_question(
    again: Callable[..., ImportSession], lincoln: School
) -> None:
    for tag in ALIKE:
        make_asset(school=lincoln, tag=tag, another=True)
    session = again("/assets/export.csv", "assets")
    assert outcomes(session) == {"same": len(ALIKE)}, why(session)
    assert not [row.number for row in session.rows.all() if row.conflict]


@pytest.mark.parametrize("tags", [("44028", "044028"), ("044028", "44028")])
def test_what_is_new_beside_a_thing_that_is_here_is_asked_of(
    tags: tuple[str, str], ana: User, client_of: Of, lincoln: School, tmp_path: Path
) -> None:
    make_asset(school=lincoln, tag="44028")
    path = tmp_path / "list.csv"
    rows = "".join(f"{tag},Acer,Chromebook 311,Chromebook,LIN\n" for tag in tags)
    path.write_text(f"Tag,Make,Model,Category,School\n{rows}")
    session = by_page(path, client_of(ana))
    asked = [str(row.raw["Tag"]) for row in session.rows.all() if row.conflict]
    assert asked == ["044028"], why(session)
    assert Asset.objects.count() == 1
