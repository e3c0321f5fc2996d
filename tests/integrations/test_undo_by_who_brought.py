"""Who may bring something in may take it back while nobody touched it since, and bring it again."""

import pytest

from assets.actions import assign_asset, change_asset, return_asset, void_asset
from assets.models import Asset, Status
from core.access import SYSTEM
from core.journal import verify
from people.models import Membership, Person, School, User
from people.roles import Role
from tests.cast import make_user
from tests.factories import make_asset
from tests.integrations.conftest import bring, outcomes, undo, why
from tests.integrations.holders import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
ZOE = "Student ID,First Name,Last Name,Role,School,Grade\nQ1,Zoe,Quim,student,LIN,9\n"
REFUSED = "Your role does not allow this here."


@pytest.fixture
def known(lincoln: School) -> str:
    """A list of two new things of a known product; a student has the second."""
    product = make_asset(school=lincoln).product
    somebody(lincoln, "7", "Mia Test")
    make = f"{product.make},{product.model}"
    return f"Tag,Make,Model,Status,Holder ID\nN1,{make},In stock,\nN2,{make},In use,7\n"


def there() -> dict[str, str]:
    return dict(Asset.objects.filter(tag__startswith="N").values_list("tag", "status"))


def test_tom_takes_his_things_back_and_brings_them_again(tom: User, known: str) -> None:
    for outcome in ("create", "update"):
        session = bring(known, by=tom)
        assert outcomes(session) == {outcome: 2}, why(session)
        assert there() == {"N1": Status.IN_STOCK, "N2": Status.IN_USE}
        session = undo(session, by=tom)
        assert (session.state, why(session)) == ("undone", "")
        assert there() == {"N1": Status.VOID, "N2": Status.VOID}
    assert verify.verify().findings == []


def test_what_somebody_touched_since_stays(tom: User, ana: User, known: str) -> None:
    session = bring(known, by=tom)
    change_asset(Asset.objects.get(tag="N1"), by=ana, use="Math")
    session = undo(session, by=tom)
    assert (session.state, why(session)) == ("applied", "N1 changed since.")
    assert there() == {"N1": Status.IN_STOCK, "N2": Status.VOID}


def test_what_somebody_voided_is_not_toms_to_bring_back(tom: User, known: str) -> None:
    bring(known, by=tom)
    void_asset(Asset.objects.get(tag="N1"), by=SYSTEM, reason="Never came")
    session = bring(known, by=tom, settle="void=back")
    assert outcomes(session) == {"refused": 1, "same": 1}
    assert there()["N1"] == Status.VOID


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_nor_to_void_again(lincoln: School, known: str) -> None:
    dora = make_user("Dora", Role.TECHNOLOGY_DIRECTOR, lincoln)
    bring(known, by=dora)
    void_asset(Asset.objects.get(tag="N1"), by=SYSTEM, reason="Never came")
    session = bring(known, by=dora, settle="void=back")
    Membership.objects.filter(user=dora).update(role=Role.TECHNICIAN)
    session = undo(session, by=User.objects.get(pk=dora.pk))
    assert REFUSED in why(session)
    assert there()["N1"] == Status.IN_STOCK


PEOPLE = "id,first name,last name,school,type\n8,New,Kid,LIN,student\n"


def test_a_director_takes_her_people_back(lincoln: School) -> None:
    dora = make_user("Dora", Role.TECHNOLOGY_DIRECTOR)
    session = undo(bring(PEOPLE, kind="people", by=dora), by=dora)
    assert (session.state, why(session)) == ("undone", "")
    assert Person.objects.get().erased_at is not None


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_whose_account_it_was_since_stays(lincoln: School, tom: User, ana: User) -> None:
    dora = make_user("Dora", Role.TECHNOLOGY_DIRECTOR)
    session = bring(PEOPLE, kind="people", by=dora)
    mine = {"person": Person.objects.get(), "is_active": False}
    User.objects.filter(pk=tom.pk).update(**mine)
    session = undo(session, by=dora)
    assert REFUSED in why(session)
    assert Person.objects.get().erased_at is None
    assert undo(session, by=ana).state == "undone"


def test_whom_a_list_brought_and_who_had_something_since_is_not_forgotten(
    lincoln: School, ana: User
) -> None:
    session = bring(ZOE, kind="people", by=ana)
    zoe = Person.objects.get(local_id="Q1")
    asset = make_asset(school=lincoln, tag="N9")
    assign_asset(asset, to=zoe, by=ana)
    return_asset(asset, by=ana)
    session = undo(session, by=ana)
    assert why(session) == "Q1 had items since: erase them on their page."
    zoe.refresh_from_db()
    assert (zoe.last_name, zoe.erased_at) == ("Quim", None)


def test_whom_only_an_undone_list_lent_something_goes_with_theirs(
    lincoln: School, ana: User
) -> None:
    asset = make_asset(school=lincoln, tag="N9")
    people = bring(ZOE, kind="people", by=ana)
    things = bring("Tag,Holder ID\nN9,Q1\n", by=ana)
    asset.refresh_from_db()
    assert asset.holder is not None, why(things)
    undo(things, by=ana)
    assert why(undo(people, by=ana)) == ""
    assert Person.objects.exclude(erased_at=None).count() == 1
