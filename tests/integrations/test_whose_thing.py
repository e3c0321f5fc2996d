"""No thing goes to a namesake, and none to whoever has an id beside another name, unasked."""

import pytest

from assets.models import Asset
from integrations.models import ImportSession
from people.models import Person, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.holders import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]

HEAD = "Tag,Serial,Username,Holder's First Name,Holder's Last Name,Holder's Email\n"


@pytest.fixture(autouse=True)
def mia(lincoln: School) -> Person:
    return somebody(lincoln, "0000990101", "Mia Test", "mtest@demo.example")


def conflict(session: ImportSession) -> str:
    return session.rows.get().conflict


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        ("mtest9,Mia,Test,mia@other.example", "namesake"),
        ("777123,Mia,Test,", "namesake"),
        (",Mia,Test,mia@other.example", "namesake"),
        ("0000990101,Zed,Nobody,zed@other.example", "misnamed"),
        ("0000990101,Zed,Nobody,", "misnamed"),
        ("mtest,,Nobody,", "misnamed"),
        (",Zed,Nobody,mtest@demo.example", "misnamed"),
        ("0000990101,Zed,Test,zed@other.example", "misnamed"),
        (",Mia,Test,", ""),
        ("mtest,Mia,Married,", ""),
        ("mtest,M.,Test,mtest@demo.example", ""),
        ("mtest,Test,Mia,", ""),
        ("990101,Mia,Test,", ""),
        ("mtest,,,mia@other.example", ""),
        ('"Test, Mia",,,', ""),
    ],
)
def test_who_is_not_sure_is_asked_about(mia: Person, cells: str, asked: str) -> None:
    session = look_at(f"{HEAD}1,A1,{cells}\n")
    assert conflict(session) == asked, why(session)
    assert outcomes(session) == ({"refused": 1} if asked else {"create": 1}), why(session)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [("777123,Mia,Test,", "namesake"), ("0000990101,Zed,Nobody,", "misnamed")],
)
def test_nobody_has_it_until_somebody_said_who(
    brings: Brings, mia: Person, cells: str, kind: str
) -> None:
    brings(f"{HEAD}1,A1,{cells}\n")
    assert not Asset.objects.exists()
    brings(f"{HEAD}1,A1,{cells}\n", f"{kind}=that")
    assert Asset.objects.get(tag="1").holder == mia
    assert outcomes(look_at(f"{HEAD}1,A1,{cells}\n")) == {"same": 1}, (
        "who has it is not asked again"
    )


def test_both_are_named(mia: Person) -> None:
    session = look_at(f"{HEAD}1,A1,777123,Mia,Test,\n2,A2,0000990101,Zed,Nobody,\n")
    assert "Nobody here has 777123; the name fits Mia Test (0000990101)." in why(session)
    assert "0000990101 is Mia Test (0000990101) here, and this row says Zed Nobody." in why(session)


def test_a_thing_that_is_here_does_not_go_to_a_namesake(lincoln: School, mia: Person) -> None:
    somebody(lincoln, "8", "Bo Berg")
    bring("Tag,Serial,Username\n1,A1,8\n")
    bring(f"{HEAD}1,A1,777123,Mia,Test,\n")
    assert Asset.objects.get(tag="1").holder.local_id == "8"  # type: ignore[union-attr]
