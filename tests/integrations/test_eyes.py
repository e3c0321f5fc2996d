"""What an import tells of the register is told as its owner sees it: whoever works on it, and only
as long as they do."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import assign_asset, change_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from integrations import actions
from integrations.kinds.places.rows import cut_code
from integrations.models import ImportSession
from people.actions import add_membership, end_membership
from people.models import School, User
from people.roles import Role
from tests.cast import again, make_user
from tests.factories import made, make_asset, make_product, make_student
from tests.forms import plan_of
from tests.integrations.conftest import look_at, work

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
HEADER = "Tag,Serial,Make,Model,Category,School"
#: What tells that there is such a thing, where, and who has it.
SECRETS = ("T10 Hotspot", "FR158J2HHQ", "Washington Elementary", "Gabriel")


@pytest.fixture
def theirs(washington: School) -> Asset:
    """A thing of Washington that Gabriel Gray has."""
    gabriel = make_student(school=washington, first="Gabriel", last="Gray")
    product = make_product(make="Franklin", model="T10 Hotspot")
    asset = make_asset(school=washington, tag="MV000345", serial="FR158J2HHQ", product=product)
    assign_asset(asset, to=gabriel, by=SYSTEM)
    return Asset.objects.select_related("holder").get(pk=asset.pk)


@pytest.fixture
def cal(lincoln: School, washington: School) -> User:
    """Technician at both schools."""
    user = make_user("Cal", Role.TECHNICIAN, lincoln)
    add_membership(user, by=SYSTEM, role=Role.TECHNICIAN, school=washington)
    return again(user)


def left_washington(user: User) -> User:
    end_membership(user.memberships.get(school__code="WAS"), by=SYSTEM)
    return again(user)


def read(session: ImportSession, by: User, client_of: Of) -> str:
    client = client_of(by)
    page = client.get(f"/imports/{session.pk}/").content.decode()
    file = b"".join(client.get(f"/imports/{session.pk}/refused.csv").streaming_content)  # type: ignore[attr-defined]
    return page + file.decode()


def brought(by: User) -> ImportSession:
    row = "MV000345,NEW1,Acer,X1,Equipment,LIN"
    return look_at(f"{HEADER}\n{row}\nL-2,NEW2,Acer,X1,Equipment,LIN\n", by=by)


def test_an_administrator_who_mends_tom_s_row_tells_him_nothing_more(
    tom: User, ana: User, theirs: Asset, equipment: Category, client_of: Of
) -> None:
    make_product(make="Acer", model="X1", category="Equipment")
    session = brought(tom)
    before = read(session, tom, client_of)
    assert "This tag is taken." in before
    client_of(ana).post(f"/imports/{session.pk}/rows/2/", {"header": "Model", "value": "X1"})
    client_of(ana).post(f"/imports/{session.pk}/rows/3/", {"out": "1"})
    for reader in (tom, ana):
        told = read(session, reader, client_of)
        assert "This tag is taken." in told
        seen = SECRETS if reader == tom else SECRETS[:2]  # she may choose any school there
        assert [secret for secret in seen if secret in told] == []
    client_of(ana).post(f"/imports/{session.pk}/rows/3/", {"out": "0"})
    url = f"/imports/{session.pk}/"
    client_of(ana).post(f"{url}apply/", plan_of(client_of(ana), url))
    work(ImportSession.objects.get())
    told = read(session, tom, client_of)
    assert "This tag is taken." in told
    assert [secret for secret in SECRETS if secret in told] == []
    assert Asset.objects.get(tag="L-2").school.code == "LIN"


def test_what_cal_was_told_of_washington_is_not_told_after_he_left_it(
    cal: User, theirs: Asset, equipment: Category, client_of: Of
) -> None:
    session = brought(cal)
    told = read(session, cal, client_of)
    assert theirs.holder
    assert theirs.holder.local_id in told
    assert "FR158J2HHQ" in told
    gone = left_washington(cal)
    assert client_of(gone).get(f"/assets/{theirs.pk}/").status_code == 404
    told = read(session, gone, client_of)
    assert theirs.holder.local_id not in told
    assert [secret for secret in SECRETS if secret in told] == []
    assert "Check them again" in told
    assert "MV000345" in told, "his own file he may read"
    client_of(gone).post(f"/imports/{session.pk}/again/")
    told = read(session, gone, client_of)
    assert "This tag is taken." in told
    assert "Check them again" not in told
    assert [secret for secret in SECRETS if secret in told] == []


def test_of_a_release_that_kept_no_eyes_only_who_sees_everything_reads(
    tom: User, ana: User, equipment: Category, client_of: Of
) -> None:
    session = look_at(f"{HEADER}\nL-2,NEW2,Acer,X1,Nonsense,LIN\n", by=tom)
    ImportSession.objects.update(eyes="unknown")
    assert "Check them again" in read(session, tom, client_of)
    assert "Check them again" not in read(session, ana, client_of)


def test_what_stood_when_ana_undid_it_is_told_to_who_sees_what_she_sees(
    tom: User, ana: User, equipment: Category, client_of: Of
) -> None:
    make_product(make="Acer", model="X1", category="Equipment")
    session = look_at(f"{HEADER}\nL-2,NEW2,Acer,X1,Equipment,LIN\n", by=tom)
    work(actions.apply_import(session, by=tom))
    asset = Asset.objects.get(tag="L-2")
    change_asset(asset, by=SYSTEM, description="By the door")
    session = work(actions.undo_import(ImportSession.objects.get(), by=ana))
    assert "L-2 changed since." in read(session, ana, client_of)
    assert "L-2 changed since." not in read(session, tom, client_of)


def test_why_a_school_was_not_made_names_no_school_to_who_does_not_see_it(
    tom: User, ana: User, lincoln: School, client_of: Of
) -> None:
    long = "Washington Elementary and Middle School of the Arts with its Annex"
    cut = cut_code(long)
    made(School.objects.create(code=cut, name="Secret Academy"))
    session = look_at(f"{HEADER}\nL-2,NEW2,Acer,X1,Equipment,{long}\n", by=tom, school="")
    assert long in session.unknown["school"]
    actions.settle_unknown(session, [actions.Choice("school", long, "create")], by=ana)
    assert "Secret Academy" in read(session, ana, client_of)
    assert "Secret Academy" not in read(session, tom, client_of)
