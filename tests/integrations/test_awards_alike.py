"""An award whose name other systems write with other signs or spaces is not made twice unasked."""

import pytest

from core.access import SYSTEM
from funding.actions import create_award
from funding.models import Award
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why

pytestmark = pytest.mark.django_db
HEAD = "Award,Program,FAIN\n"
TITLE = "Title I, Part A FY2025"


@pytest.fixture(autouse=True)
def title_one(arp: Award) -> Award:
    return create_award(by=SYSTEM, program=arp.program, name=TITLE, fain="S010A250047")


def names() -> set[str]:
    return set(Award.objects.exclude(program__name="").values_list("name", flat=True))


@pytest.mark.parametrize(
    "name", ["Title I Part A FY2025", "Title I  Part A FY-2025", "TITLE I/PART A - FY 2025"]
)
def test_one_with_other_signs_is_asked_about(brings: Brings, name: str) -> None:
    was = names()
    text = f"{HEAD}{name},ARP,S010A250999\n"
    session = brings(text, kind="awards")
    assert session.rows.get().conflict == "award"
    assert f"{' '.join(name.split())} looks like {TITLE}, with other signs" in why(session)
    session = brings(text, "award=that", kind="awards")
    assert outcomes(session) == {"update": 1}
    assert names() == was
    assert Award.objects.get(name=TITLE).fain == "S010A250999"


def test_it_may_be_another_also_within_one_file() -> None:
    text = f"{HEAD}IDEA-611 FY2026,ARP,A1\nIDEA 611 FY 2026,ARP,A2\nIDEA 6-11,ARP,A3\n"
    session = look_at(text, kind="awards")
    assert outcomes(session) == {"create": 2, "refused": 1}
    assert "in row 2" in why(session)
    assert outcomes(bring(text, settle="award=another", kind="awards")) == {"create": 3}
    assert outcomes(look_at(text, kind="awards")) == {"same": 3}


def test_two_rows_of_one_file_that_are_one_award_are_not_both_taken() -> None:
    text = f"{HEAD}Music-Boosters,ARP,A1\nMusic Boosters,ARP,A2\n"
    session = bring(text, settle="award=that", kind="awards")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "a name of its own" in why(session)
