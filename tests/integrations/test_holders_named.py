"""Who a row says has the thing: found by what only they have, else nobody."""

import pytest

from assets.actions import create_category
from assets.models import Asset, Category
from core.access import SYSTEM
from people.actions import erase_person
from people.models import Person, School, User
from tests.integrations.bringing import Bring, bring, odd
from tests.integrations.conftest import bring as bring_text
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.holders import aaliyah, somebody, statuses, why

pytestmark = pytest.mark.django_db
__all__ = ["aaliyah", "bring"]


def test_nobody_is_taken_for_somebody_else(lincoln: School, bring: Bring) -> None:
    create_category("Chromebook", by=SYSTEM)
    session = bring("assets", odd("s9_snipe"), apply=True)
    assert statuses() == {"ZSN001": "in_stock"}
    assert "Nobody has the id, e-mail, user name or name Aaliyah Abbott." in why(session)[3]


def test_who_left_is_given_nothing(lincoln: School, bring: Bring) -> None:
    create_category("Other", by=SYSTEM)
    bring("people", odd("p8_left"), apply=True)
    session = bring("assets", odd("f3_holder_left"), category="Other", apply=True)
    assert why(session) == {2: ["This person is no longer on the roster."]}
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("501", True),
        ("aabbott@demo.example", True),
        ("AABBOTT@Demo.Example", True),
        ("aabbott", True),
        ("aaliyah abbott", True),
        ("Abbott, Aaliyah", True),
        ("Aaliyah", False),
        ("Abbott", False),
        ("aabbott@other.example", False),
        ("aabbot", False),
    ],
)
def test_a_holder_is_found_by_what_only_they_have(
    aaliyah: Person, equipment: Category, ana: User, text: str, found: bool
) -> None:
    session = bring_text(f'Tag,Assigned to\n1,"{text}"\n', by=ana)
    assert outcomes(session) == ({"create": 1} if found else {"refused": 1})
    assert Asset.objects.filter(holder=aaliyah).exists() is found


def test_a_name_that_two_people_have_is_nobodys(
    aaliyah: Person, equipment: Category, ana: User
) -> None:
    somebody(aaliyah.school, "502", "Aaliyah Abbott")
    session = look_at("Tag,Holder\n1,Aaliyah Abbott\n2,501\n", by=ana)
    assert why(session) == {2: ["Several people are meant by Aaliyah Abbott. Write the id."]}


def test_an_id_that_is_also_a_user_name_is_nobodys(
    aaliyah: Person, equipment: Category, ana: User
) -> None:
    somebody(aaliyah.school, "aabbott", "Abel Abbott")
    session = look_at("Tag,Holder\n1,Aabbott\n", by=ana)
    assert why(session) == {2: ["Several people are meant by Aabbott. Write the id."]}


def test_columns_that_lead_to_different_people_refuse_the_row(
    aaliyah: Person, equipment: Category, ana: User
) -> None:
    somebody(aaliyah.school, "502", "Bo Baker", "bo@demo.example")
    session = look_at(
        "Tag,Holder,Email\n1,501,bo@demo.example\n2,501,aabbott@demo.example\n", by=ana
    )
    assert why(session) == {2: ["The row's columns lead to different people."]}


def test_a_holder_found_by_name_is_forgotten_with_the_row(
    aaliyah: Person, equipment: Category, ana: User
) -> None:
    session = look_at("Tag,Assigned to\n1,Aaliyah Abbott\n", by=ana)
    erase_person(aaliyah, by=ana, reason="asked for")
    assert session.rows.get().raw == {}
