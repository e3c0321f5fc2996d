"""A list with one row for each award that pays for a thing brings nothing in by halves."""

import pytest

from assets.models import Asset
from core.access import SYSTEM
from funding.actions import create_award
from funding.models import Award
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Serial,Make,Model,School,Cost,Award,Amount\n"
SAYS = "The rows 2, 3 name one item, each with another award."


@pytest.fixture(autouse=True)
def more(local: Award) -> None:
    create_award(by=SYSTEM, program=local.program, name="ESSER")


def test_both_rows_are_refused_and_say_what_to_do(brings: Brings) -> None:
    session = brings(
        f"{HEAD}HJ1,S1,HP,M,LIN,100,ESSER,60\nHJ1,,HP,M,LIN,100,General fund,40\n"
        "HJ2,,HP,M,LIN,100,ESSER,100\n"
    )
    assert outcomes(session) == {"refused": 2, "create": 1}
    assert why(session).count(SAYS) == 2
    assert Asset.objects.get().tag == "HJ2", "no part of its money comes in"
    whole = "HJ1,S1,HP,M,LIN,100,ESSER,60,General fund,40\n"
    head = HEAD.replace("Amount", "Amount 1,Award 2,Amount 2")
    assert outcomes(brings(head + whole)) == {"create": 1}


def test_without_tags_by_serial_number() -> None:
    text = f"{HEAD},S1,HP,M,LIN,100,ESSER,60\n,S1,HP,M,LIN,100,General fund,40\n"
    assert why(look_at(text)).count(SAYS) == 2


def test_an_award_of_an_unknown_cost_says_what_to_do(brings: Brings) -> None:
    session = brings(f"{HEAD}HJ1,,HP,M,LIN,N/A,ESSER,\n")
    assert "Write the cost; or empty the award" in why(session)
    assert outcomes(brings(f"{HEAD}HJ1,,HP,M,LIN,N/A,,\n")) == {"create": 1}


@pytest.mark.parametrize(
    "rows",
    [
        "HJ1,,HP,M,LIN,100,ESSER,100\nHJ1,,HP,M,LIN,100,ESSER,100\n",
        "HJ1,,HP,M,LIN,100,ESSER,100\nHJ1,,HP,M,LIN,100,N/A,\n",
        "HJ1,S1,HP,M,LIN,100,ESSER,100\nHJ1,S2,HP,M,LIN,100,General fund,100\n",
        ",,HP,M,LIN,100,ESSER,100\n,,HP,M,LIN,100,General fund,100\n",
    ],
)
def test_other_rows_that_meet_are_not(rows: str) -> None:
    assert SAYS not in why(bring(HEAD + rows))
