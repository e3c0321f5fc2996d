"""A code or name that is of several things is nobody's until somebody says whose."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core.access import SYSTEM
from funding.actions import change_award, create_award, create_program
from funding.models import Award, UnitShare
from integrations import actions
from integrations.models import ImportSession
from people.models import School, User
from tests.integrations.bringing import apply_on_page, settle
from tests.integrations.conftest import Brings, bring, look_at, why

pytestmark = pytest.mark.django_db
FILE = "Tag,Make,Model,Cost,FAIN\nTM001,HP,11,100,S010A25\nTM002,HP,11,100,s010a25\n"


@pytest.fixture
def subs(arp: Award) -> tuple[Award, Award]:
    """Two subawards of one federal award, as the register asks for them."""
    one, two = (
        create_award(
            by=SYSTEM,
            program=arp.program,
            name=f"Title I {n}",
            fain="S010A25",
            subaward_number=f"SUB-{n}",
        )
        for n in ("A", "B")
    )
    return one, two


def paid_by() -> set[str]:
    return set(UnitShare.objects.standing().values_list("award__name", flat=True))


def test_a_fain_of_two_subawards_pays_from_neither_until_fay_says_which(
    subs: tuple[Award, Award], lincoln: School, ana: User, client_of, equipment: object
) -> None:
    session = look_at(FILE, by=ana)
    assert "Title I A, Title I B" in why(session)
    assert session.unknown == {"award": {"S010A25": {"count": 2, "also": ["s010a25"]}}}
    client: Client = client_of(ana)
    session = apply_on_page(client, settle(client, session, {"S010A25": "it is Title I A"}))
    assert paid_by() == {"Title I A"}
    again = look_at(FILE.replace("TM00", "TM01"), by=ana)
    assert set(again.rows.values_list("outcome", flat=True)) == {"create"}, "it is remembered"


def test_the_command_says_which_of_two_awards_is_meant(
    subs: tuple[Award, Award], lincoln: School, equipment: object, tmp_path: Path, capsys
) -> None:
    path = tmp_path / "file.csv"
    path.write_text(FILE)
    seen = {"school": "LIN", "category": "Equipment", "apply": True}
    call_command("import_file", "assets", str(path), **seen)
    assert "--word award:NAME=WHICH" in capsys.readouterr().out
    assert not paid_by()
    with pytest.raises(CommandError, match="not exactly one award"):
        call_command("import_file", "assets", str(path), word=["award:S010A25=Title"], **seen)
    call_command("import_file", "assets", str(path), word=["award:S010A25=Title I B"], **seen)
    assert paid_by() == {"Title I B"}


def test_a_name_that_is_another_awards_number_is_asked(
    subs: tuple[Award, Award], lincoln: School, equipment: object
) -> None:
    create_award(by=SYSTEM, program=subs[0].program, name="2299", frn="1")
    create_award(by=SYSTEM, program=subs[0].program, name="Other", frn="2299")
    session = look_at("Tag,Make,Model,Cost,Fund\nTM001,HP,11,100,2299\n")
    assert "2299 (2299, Other)" in why(session)


def test_a_code_that_is_another_programs_name_is_asked(arp: Award, ana: User) -> None:
    create_program(by=SYSTEM, code="T1", name="Title I")
    create_program(by=SYSTEM, code="Title I", name="School improvement")
    file = "Award name,Program\nNew one,Title I\n"
    session = look_at(file, kind="awards", by=ana)
    assert "Title I (School improvement, Title I)" in why(session)
    session = actions.settle_unknown(
        session,
        [actions.Choice("program", "Title I", "map", arp.program.pk)],
        by=ana,
    )
    assert session.rows.get().outcome == "create"


def test_a_program_of_two_meanings_changes_nothing_of_an_award_that_is_here(
    arp: Award, ana: User
) -> None:
    one = create_program(by=SYSTEM, code="T1", name="Title I")
    create_program(by=SYSTEM, code="Title I", name="School improvement")
    create_award(by=SYSTEM, program=one, name="Here")
    session = bring("Award name,Program,FAIN\nHere,Title I,F9\n", kind="awards", by=ana)
    assert ImportSession.objects.get(pk=session.pk).rows.get().warnings == []


def test_an_award_out_of_use_pays_for_nothing_until_somebody_says_that_it_did(
    brings: Brings, arp: Award
) -> None:
    change_award(arp, by=SYSTEM, active=False)
    file = "Tag,Make,Model,Cost,Fund\nTM1,HP,11,100,ARP ESSER 2021\n"
    session = brings(file)
    assert why(session) == "The award ARP ESSER 2021 is out of use. Did it pay for this item?"
    assert not paid_by()
    assert session.rows.get().conflict == "closed"
    brings(file, "closed=pays")
    assert paid_by() == {"ARP ESSER 2021"}
    assert set(brings(file).rows.values_list("outcome", flat=True)) == {"same"}, "it pays already"


def test_a_thing_that_is_here_is_asked_about_as_a_new_one_is(
    arp: Award, lincoln: School, equipment: object
) -> None:
    change_award(arp, by=SYSTEM, active=False)
    bring("Tag,Make,Model,Cost\nTM1,HP,11,100\n")
    session = look_at("Tag,Make,Model,Cost,Fund\nTM1,HP,11,100,ARP ESSER 2021\n")
    assert "out of use" in why(session)
