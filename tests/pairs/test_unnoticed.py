"""Fifteen changes of meaning that once stayed unnoticed; each has its test here.

| change | where | test |
|---|---|---|
| the target school's permission is not asked | assets/places/actions.py | ..._moves_nothing... |
| a person's page lists others' devices | assets/lists/panels.py | ..._page_lists_no_device... |
| an old tag leads elsewhere | assets/codes/resolve.py | ..._old_tag... |
| a membership ends a day early | people/models/user.py | ..._membership_s_last_day... |
| a sight of an award ends a day early | funding/models/award.py | ..._sight_s_last_day... |
| a parameter ends a day early | funding/models/parameter.py | ..._parameter_s_last_day... |
| shares may be a cent more than the cost | funding/actions/shares.py | ..._cent... |
| a room of another school at registration | assets/register/rules.py | ..._foreign_room... |
| an older sighting becomes the last | assets/sightings/actions.py | ..._older_sighting... |
| pseudonyms are off by default | funding/actions/access.py | ..._pseudonym... |
| a day ends before its end | core/time/days.py | ..._end_of_the_day... |
| disposals learned later are printed | reports/property_record/facts.py | ..._learned_later... |
| check-in to a disused room | assets/custody/actions.py | ..._disused_room |
| cost in the feed | funding/shown.py | ..._feed... |
| an award's things as of a day are today's | assets/lists/filters.py | ..._as_of_a_day... |
| known-at of a report is ignored | reports/property_record/facts.py | ..._learned_later... |
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from assets.actions import (
    assign_asset,
    correct_asset,
    dispose_asset,
    move_asset,
    register_asset,
    return_asset,
    verify_asset,
)
from assets.codes.resolve import resolve
from assets.lists.filters import AssetFilter
from assets.models import Asset, AssetSpan
from core.access import SYSTEM
from core.journal import sealing
from core.models import District
from core.problems import NotPermitted, Refused
from core.time import days
from funding.actions import (
    ShareDraft,
    create_award,
    grant_award_access,
    reclassify,
    set_unit_cost,
    share_unit,
    share_units,
)
from funding.models import Award, AwardMembership, Parameter
from funding.models.parameter import Place
from people.actions import add_membership, change_room
from people.models import Membership, Person, Room, School, User
from people.roles import Role
from reports.property_record import facts
from tests.cast import again, make_user
from tests.factories import make_asset, make_product, make_purchase

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def refused(act: Callable[[], object]) -> set[str]:
    """The codes with which an act is refused."""
    with pytest.raises(Refused) as error:
        act()
    return {p.code for p in error.value.problems}


def test_tom_moves_nothing_into_a_school_where_he_only_looks(
    tom: User, lincoln: School, washington: School
) -> None:
    add_membership(tom, by=SYSTEM, role=Role.VIEWER, school=washington)
    asset, there = make_asset(school=lincoln), washington.rooms.get(code="101")
    with pytest.raises(NotPermitted):
        move_asset(asset, to=there, by=again(tom))
    assert Asset.objects.get(pk=asset.pk).school == lincoln


def test_maria_s_page_lists_no_device_of_another_school_for_tom(
    tom: User, maria: Person, lincoln: School, washington: School, client_of: Of
) -> None:
    for school, tag in ((lincoln, "OURS-1"), (washington, "THEIRS-1")):
        assign_asset(make_asset(school=school, tag=tag), to=maria, by=SYSTEM)
    page = client_of(tom).get(f"/people/{maria.pk}/").content.decode()
    assert "OURS-1" in page
    assert "THEIRS-1" not in page


def test_an_old_tag_leads_to_its_thing_and_to_nobody_else_s(
    tom: User, ned: User, ana: User, lincoln: School, client_of: Of
) -> None:
    other = make_asset(school=lincoln, tag="NEW-2")
    asset = make_asset(school=lincoln, tag="OLD-1")
    correct_asset(asset, by=ana, reason="Label", tag="NEW-1")
    found = resolve("OLD-1", tom)
    assert (found.asset, found.notice) == (asset, "old-code")
    assert found.asset != other
    assert client_of(tom).get("/t/OLD-1")["Location"] == f"/assets/{asset.pk}/"
    assert resolve("OLD-1", ned).kind == "unknown"


@pytest.mark.untrue("ends a membership behind the register's back")
def test_a_membership_s_last_day_counts(vic: User) -> None:
    today = days.today()
    held = Membership.objects.filter(user=vic)
    held.update(ends_on=today)
    assert again(vic).has_perm("assets.view_asset")
    assert held.in_force(today).exists(), "the database is asked the same"
    held.update(ends_on=today - timedelta(days=1))
    assert not again(vic).has_perm("assets.view_asset")
    assert not held.in_force(today).exists()


@pytest.mark.untrue("ends a membership behind the register's back")
def test_a_sight_s_last_day_counts(vic: User, arp: Award) -> None:
    today = days.today()
    grant_award_access(arp, to=vic, by=SYSTEM, ends_on=today)
    assert arp in Award.objects.visible_to(again(vic))
    AwardMembership.objects.update(ends_on=today - timedelta(days=1))
    assert arp not in Award.objects.visible_to(again(vic))


@pytest.mark.untrue("writes a parameter behind the register's back")
def test_a_parameter_s_last_day_counts(district: District) -> None:
    row = Parameter.objects.create(
        key="k",
        scope="s",
        value="1",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 6, 30),
        confidence="district",
        source="district",
    )
    last, after = date(2024, 6, 30), date(2024, 7, 1)
    assert Parameter.objects.in_force_or_none("k", "s", last) == row
    assert Parameter.objects.in_force_or_none("k", "s", after) is None
    assert row.holds(last, Place()), "one that was read already says the same"
    assert not row.holds(after, Place())


def test_awards_pay_what_it_cost_and_not_a_cent_more(arp: Award, local: Award) -> None:
    _purchase, (unit,) = make_purchase(quantity=1, amount="300.00")

    def share(second: str) -> object:
        drafts = [ShareDraft(arp, Decimal("100.00")), ShareDraft(local, Decimal(second))]
        return share_units([(unit, drafts)], by=SYSTEM)

    assert refused(lambda: share("200.01")) == {"more-than-cost"}
    assert share("200.00")


def test_nothing_is_registered_in_a_foreign_room(lincoln: School, washington: School) -> None:
    there = washington.rooms.get(code="101")
    assert "room-elsewhere" in refused(
        lambda: register_asset(
            by=SYSTEM, tag="X-1", serial="", product=make_product(), school=lincoln, room=there
        )
    )


def test_an_older_sighting_is_kept_and_is_not_the_last(lincoln: School) -> None:
    asset = make_asset(school=lincoln, at=days.now() - timedelta(days=30))
    verify_asset(asset, by=SYSTEM, at=days.now() - timedelta(days=2))
    verify_asset(asset, by=SYSTEM, at=days.now() - timedelta(days=9))
    verify_asset(asset, by=SYSTEM, condition="fair", at=days.now() - timedelta(days=12))
    asset.refresh_from_db()
    assert asset.last_verified_on == days.local_date(days.now() - timedelta(days=2))
    assert asset.verifications.count() == 3


def test_who_is_let_in_sees_a_pseudonym_unless_said_otherwise(
    arp: Award, maria: Person, lincoln: School, client_of: Of
) -> None:
    _purchase, units = make_purchase(shares=[(arp, "100")])
    asset = make_asset(school=lincoln, unit=units[0])
    assign_asset(asset, to=maria, by=SYSTEM)
    otto, nina = make_user("Otto", None), make_user("Nina", None)
    grant_award_access(arp, to=otto, by=SYSTEM)
    grant_award_access(arp, to=nina, by=SYSTEM, pseudonyms=False)
    pages = {
        user.name: client_of(user).get(f"/assets/{asset.pk}/").content.decode()
        for user in (otto, nina)
    }
    assert maria.pseudonym in pages["Otto"]
    assert "Lopez" not in pages["Otto"]
    assert "Lopez" in pages["Nina"], "by name, because somebody said so"


def test_what_happens_in_the_last_minute_is_of_that_day(lincoln: School, library: Room) -> None:
    day = days.today() - timedelta(days=3)
    asset = make_asset(school=lincoln, at=days.now() - timedelta(days=9))
    late = datetime.combine(day, datetime.max.time().replace(hour=23, minute=59, second=0))
    move_asset(asset, to=library, by=SYSTEM, at=late.replace(microsecond=0, tzinfo=days.zone()))
    spans = AssetSpan.objects.as_of(days.end_of_day(day)).filter(asset=asset)
    assert spans.get().room == library


def test_what_was_learned_later_is_in_no_report_as_known_before(
    local: Award, lincoln: School
) -> None:
    bond = create_award(by=SYSTEM, program=local.program, name="Bond")
    _purchase, units = make_purchase(shares=[(local, "100")], at=days.now() - timedelta(days=30))
    asset = make_asset(
        school=lincoln,
        unit=units[0],
        at=days.now() - timedelta(days=30),
        status="awaiting_disposal",
        legacy=True,
    )
    before = days.now()
    dispose_asset(asset, by=SYSTEM, method="recycled", disposed_on=days.today() - timedelta(days=2))
    back = days.now() - timedelta(days=20)
    reclassify([units[1]], [ShareDraft(bond, percent=Decimal(100))], by=SYSTEM, reason="x", at=back)
    then, now = (facts.moment(days.today(), known) for known in (before, days.now()))
    assert asset.pk not in facts.disposals(local, then)
    assert asset.pk in facts.disposals(local, now)
    assert units[1].pk in facts.shares(local, then)
    assert units[1].pk not in facts.shares(local, now)


def test_where_it_was_learned_later_to_be_is_in_no_report_as_known_before(
    local: Award, lincoln: School, washington: School, library: Room
) -> None:
    _purchase, units = make_purchase(
        quantity=1, shares=[(local, "100")], at=days.now() - timedelta(days=30)
    )
    asset = make_asset(school=lincoln, unit=units[0], at=days.now() - timedelta(days=30))
    before = days.now()
    correct_asset(asset, by=SYSTEM, reason="Never at Lincoln", school=washington)
    then, now = (facts.moment(days.today(), known) for known in (before, days.now()))
    assert facts.schools_with_things(local, then, SYSTEM) == {lincoln.pk: 1}
    assert facts.schools_with_things(local, now, SYSTEM) == {washington.pk: 1}


def test_nothing_is_checked_in_to_a_disused_room(
    lincoln: School, library: Room, maria: Person
) -> None:
    asset = make_asset(school=lincoln)
    assign_asset(asset, to=maria, by=SYSTEM)
    change_room(library, by=SYSTEM, active=False)
    assert refused(lambda: return_asset(asset, by=SYSTEM, room=library)) == {"room-inactive"}


def test_nothing_goes_home_to_a_disused_room(lincoln: School, library: Room, maria: Person) -> None:
    asset = make_asset(school=lincoln, home_room=library)
    assign_asset(asset, to=maria, by=SYSTEM)
    change_room(library, by=SYSTEM, active=False)
    assert refused(lambda: return_asset(asset, by=SYSTEM)) == {"room-inactive"}


@pytest.mark.django_db(transaction=True)  # what is not committed is not sealed
def test_the_feed_tells_costs_to_nobody_who_may_not_see_them(
    rob: User, arp: Award, api_of: Callable[..., Client]
) -> None:
    _purchase, units = make_purchase(quantity=1, amount=None)
    set_unit_cost(units[0], Decimal("98765.43"), by=SYSTEM, reason="Invoice")
    share_unit(units[0], [ShareDraft(arp, Decimal("45678.90"))], by=SYSTEM, at=None, reason="")
    sealing.seal_all()
    principal = make_user("Pat", Role.PRINCIPAL)
    told = {
        user.name: api_of(user).get("/api/v1/journal?limit=200").content.decode()
        for user in (principal, rob)
    }
    assert "unit.cost_set" in told["Pat"]
    assert "unit.shared" in told["Pat"]
    for amount in ("98765.43", "45678.90"):
        assert amount not in told["Pat"]
        assert amount in told["Rob"]


def test_an_award_s_things_as_of_a_day_are_what_it_paid_for_then(
    ana: User, local: Award, lincoln: School
) -> None:
    bond = create_award(by=SYSTEM, program=local.program, name="Bond")
    old = days.now() - timedelta(days=30)
    _purchase, units = make_purchase(quantity=1, shares=[(local, "100")], at=old)
    asset = make_asset(school=lincoln, unit=units[0], at=old)
    reclassify(
        units,
        [ShareDraft(bond, percent=Decimal(100))],
        by=SYSTEM,
        reason="x",
        at=days.now() - timedelta(days=5),
    )
    then = days.today() - timedelta(days=10)
    assert list(AssetFilter(award=local, as_of=then).apply(ana)) == [asset]
    assert not AssetFilter(award=local).apply(ana).exists()
    assert list(AssetFilter(award=bond).apply(ana)) == [asset]
