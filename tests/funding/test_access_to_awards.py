"""Ana invites an auditor, who sees one award until it is ended; nobody lets themselves in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from assets.actions import assign_asset
from assets.models import Asset
from core.access import SYSTEM
from core.models import Entry
from core.problems import Invalid, Refused
from core.time import days
from funding.actions import grant_award_access
from funding.models import Award, AwardMembership, Purchase
from people.models import Person, School, User
from people.roles import Role
from tests.cast import again
from tests.factories import made, make_asset, make_purchase

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.fixture
def laptop(lincoln: School, maria: Person, arp: Award) -> str:
    """The tag of a device that ARP ESSER paid for and Maria holds."""
    _purchase, units = make_purchase(shares=[(arp, "100")])
    asset = make_asset(school=lincoln, tag="100401", unit=units[0])
    assign_asset(asset, to=maria, by=SYSTEM)
    return asset.tag


def test_an_invited_auditor_signs_in_and_sees_the_award_and_no_names(
    ana: User, arp: Award, local: Award, laptop: str, client_of: Of
) -> None:
    until = days.today() + timedelta(days=30)
    page = (
        client_of(ana)
        .post(
            "/users/invite-auditor/",
            {
                "name": "Otto",
                "email": "otto@firm.example",
                "award": arp.pk,
                "ends_on": until,
            },
        )
        .content.decode()
    )
    link = re.search(r"/link/([\w-]+)/", page)
    assert link
    browser = Client()
    browser.post(link[0], {"password": "seven quiet otters swim"})
    otto = User.objects.get(email="otto@firm.example")
    assert browser.login(username=otto.email, password="seven quiet otters swim")
    assert laptop in browser.get("/assets/").content.decode()
    assert browser.get(f"/awards/{arp.pk}/").status_code == 200
    assert browser.get(f"/awards/{local.pk}/").status_code == 404
    for url in ("/assets/", f"/awards/{arp.pk}/", "/purchases/", "/reports/"):
        assert "Lopez" not in browser.get(url).content.decode(), url


def test_ana_ends_it_and_otto_sees_nothing_more(
    ana: User, arp: Award, laptop: str, client_of: Of
) -> None:
    otto = made(User.objects.create(email="otto@firm.example", name="Otto"))
    grant_award_access(arp, to=otto, by=ana)
    assert "ARP ESSER 2021" in client_of(ana).get(f"/users/{otto.pk}/").content.decode()
    membership = AwardMembership.objects.get(user=otto)
    for _twice in range(2):
        client_of(ana).post(f"/award-access/{membership.pk}/end/")
    assert not Award.objects.visible_to(again(otto)).exists()
    kinds = Entry.objects.of(arp).values_list("kind", flat=True)
    assert list(kinds).count("award.access_ended") == 1
    told = client_of(ana).get(f"/awards/{arp.pk}/").content.decode()
    assert "Otto may view award ARP ESSER 2021 no more" in told


def test_fay_who_sees_no_accounts_reads_that_a_user_may_look(
    ana: User, fay: User, arp: Award, client_of: Of
) -> None:
    otto = made(User.objects.create(email="otto@firm.example", name="Otto"))
    grant_award_access(arp, to=otto, by=ana)
    told = client_of(fay).get(f"/awards/{arp.pk}/").content.decode()
    assert "A user may view award ARP ESSER 2021" in told
    assert "Otto" not in told


def test_nobody_lets_themselves_see_an_award_nor_until_yesterday(
    ana: User, vic: User, arp: Award, client_of: Of
) -> None:
    own = client_of(ana).post(f"/users/{ana.pk}/award/", {"award": arp.pk}).content.decode()
    assert "Somebody else changes your own roles." in own
    late = {"award": arp.pk, "ends_on": days.today() - timedelta(days=1)}
    page = client_of(ana).post(f"/users/{vic.pk}/award/", late).content.decode()
    assert "This day is over." in page
    assert not AwardMembership.objects.exists()


def test_a_role_that_works_with_people_by_name_is_not_given_with_pseudonyms(
    ana: User, vic: User, arp: Award
) -> None:
    for role in (Role.TECHNICIAN, Role.FINANCE, Role.VIEWER):
        with pytest.raises(Refused, match="works with people by their names"):
            grant_award_access(arp, to=vic, by=ana, role=role)
    with pytest.raises(Invalid, match="Choose a role"):
        grant_award_access(arp, to=vic, by=ana, role="wizard")
    assert not AwardMembership.objects.exists()
    grant_award_access(arp, to=vic, by=ana, role=Role.TECHNICIAN, pseudonyms=False)


@pytest.mark.untrue(reason="the membership is of an older release, which gave any")
def test_given_before_it_tells_no_more_than_an_auditor_s(
    arp: Award, laptop: str, maria: Person, client_of: Of, api_of: Of
) -> None:
    """Nia could scan an id, hand out by it and ask for what a person holds: whose pseudonym is
    it?"""
    nia, asset = (
        made(User.objects.create(email="nia@firm.example", name="Nia")),
        Asset.objects.get(),
    )
    AwardMembership.objects.create(
        user=nia, award=arp, role=Role.TECHNICIAN, starts_on=days.today(), pseudonyms=True
    )
    pages, api = client_of(again(nia)), api_of(again(nia))
    assert maria.pseudonym in pages.get(f"/assets/{asset.pk}/").content.decode()
    for url in ("/people/", f"/people/{maria.pk}/", f"/assets/{asset.pk}/assign/"):
        assert pages.get(url).status_code in (403, 404), url
    for path, body in (("return", {}), ("assign", {"person": maria.pk})):
        answer = api.post(f"/api/v1/assets/{asset.pk}/{path}", body, "application/json")
        assert answer.status_code in (403, 404), path
    assert api.get(f"/api/v1/assets?holder={maria.pk}").status_code in (403, 404)
    found = pages.post("/scan/", {"look": "1", "code": maria.local_id}, follow=True)
    assert found.request["PATH_INFO"] == "/search/"
    page = found.content.decode()
    assert maria.last_name not in page and f"/people/{maria.pk}" not in page
    assert maria.pseudonym not in page, "whose pseudonym is it?"


def test_the_purchase_page_shows_its_things_holders_by_pseudonym_to_ada(
    ada: User, fay: User, laptop: str, arp: Award, maria: Person, client_of: Of
) -> None:
    url = f"/purchases/{Purchase.objects.get().pk}/"
    seen_by_fay = client_of(fay).get(url).content.decode()
    assert laptop in seen_by_fay
    assert "Maria Lopez" in seen_by_fay
    seen_by_ada = client_of(ada).get(url).content.decode()
    assert laptop in seen_by_ada
    assert "Lopez" not in seen_by_ada
    assert maria.pseudonym in seen_by_ada
