"""What was told as a day stays that day: the zone is chosen before anything is dated."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from assets.actions import change_status, dispose_asset, void_asset
from assets.models import Asset, Status
from core.access import SYSTEM
from core.models import District
from core.problems import Refused
from core.time import days
from funding.models import Award
from people.actions import create_school, set_up_district
from people.actions.district import change_district
from people.actions.first_run import first_link
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase
from tests.integrations.conftest import bring, undo
from tests.integrations.conftest import equipment as equipment
from tests.refusing import page_says, refusal
from tests.reports.merged import at

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
CAME, LEFT = date(2022, 7, 1), date(2024, 7, 1)
DAYS = [date(2022, 6, 30), CAME, date(2024, 6, 30), LEFT]
PACIFIC, DETROIT = "America/Los_Angeles", "America/Detroit"
SAID = "The time zone stays America/New_York", "are here since", "before anything is entered"
ADDRESS = "https://assets.example.org"
WHO = {"name": "Ana", "email": "ana@example.org", "password": "a long pass phrase"}


@pytest.fixture
def sold(arp: Award, lincoln: School) -> Asset:
    """Came on one day and left on another."""
    _purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=[(arp, "100")], received_on=CAME
    )
    asset = make_asset(school=lincoln, unit=unit, acquired_on=CAME)
    for status in (Status.SURPLUS, Status.AWAITING_DISPOSAL):
        change_status(asset, to=status, by=SYSTEM, at=at(date(2024, 2, 1)))
    dispose_asset(asset, by=SYSTEM, method="sold", disposed_on=LEFT, sale_price=Decimal("5.00"))
    return asset


def told(award: Award) -> list[list[tuple[str, date | None, Decimal | None]]]:
    """What R1 says of it on each of the days around."""
    return [
        [
            (row.status, row.disposed_on, row.sale_price)
            for row in build(award, as_of=day, known_at=days.now(), by=SYSTEM).rows
        ]
        for day in DAYS
    ]


def settings(zone: str) -> dict[str, object]:
    """The settings page as it stands, with another zone."""
    district = District.objects.get()
    names = "name uei ben state fiscal_year_start_month tag_prefix tag_length"
    said = {n: getattr(district, n) for n in names.split()}
    return said | {"public_address": ADDRESS, "time_zone": zone}


def zone() -> str:
    return District.objects.get().time_zone


def test_a_past_day_is_moved_by_no_other_zone(
    arp: Award, sold: Asset, ana: User, client_of: Of
) -> None:
    before = told(arp)
    assert [len(rows) for rows in before] == [0, 1, 1, 1]
    assert [rows[0][1] for rows in before[1:]] == [None, None, LEFT]
    since = "since 07/01/2022"
    page_says(client_of(ana), "/settings/", settings(PACIFIC), "zone-kept", *SAID, since)
    with refusal("zone-kept"), pytest.raises(Refused, match=since):
        change_district(by=SYSTEM, name="Another", time_zone=PACIFIC)
    assert (zone(), told(arp)) == ("America/New_York", before)


def test_a_zone_whose_days_began_at_the_same_moments_will_do(
    arp: Award, sold: Asset, ana: User, client_of: Of
) -> None:
    before = told(arp)
    assert client_of(ana).post("/settings/", settings(DETROIT)).status_code == 302
    assert (zone(), told(arp)) == (DETROIT, before)
    change_district(by=SYSTEM, name="Another")
    assert zone() == DETROIT


def test_not_where_it_had_other_days_once(lincoln: School) -> None:
    make_asset(school=lincoln, acquired_on=date(1975, 1, 15))
    with pytest.raises(Refused, match="since 01/15/1975"):
        change_district(by=SYSTEM, time_zone=DETROIT)


def test_before_anything_is_dated_it_is_chosen_freely(
    lincoln: School, arp: Award, ana: User, client_of: Of
) -> None:
    page = client_of(ana).get("/settings/").content.decode()
    assert "Choose it before anything is entered" in page
    assert client_of(ana).post("/settings/", settings(PACIFIC)).status_code == 302
    assert zone() == PACIFIC
    with refusal("time-zone"), pytest.raises(Refused, match="Choose a time zone"):
        change_district(by=SYSTEM, time_zone="Mars/Olympus")


def test_a_received_unit_alone_is_dated(arp: Award) -> None:
    make_purchase(quantity=1, amount="1000.00", shares=[(arp, "100")], received_on=CAME)
    with pytest.raises(Refused, match="since 07/01/2022"):
        change_district(by=SYSTEM, time_zone=PACIFIC)


@pytest.mark.usefixtures("equipment", "lincoln")
def test_so_is_what_a_list_brought_also_when_it_is_undone() -> None:
    session = bring("Tag,Make,Model,Acquired\nZ1,HP,11,2022-07-01\n")
    undo(session)
    with pytest.raises(Refused, match="since 07/01/2022"):
        change_district(by=SYSTEM, time_zone=PACIFIC)


def test_and_what_never_was(lincoln: School) -> None:
    void_asset(make_asset(school=lincoln, acquired_on=CAME), by=SYSTEM, reason="Never was")
    with pytest.raises(Refused, match="since 07/01/2022"):
        change_district(by=SYSTEM, time_zone=PACIFIC)


def test_what_a_command_brought_before_the_first_run_stays_on_its_days(client: Client) -> None:
    link = first_link()
    assert link
    page = client.get(f"/first-run/{link}/").content.decode()
    assert "Choose it before anything is entered" in page
    make_asset(school=create_school("LIN", "Lincoln", by=SYSTEM), acquired_on=CAME)
    here = {"name": "Riverbend", "public_address": ADDRESS}
    typed = here | WHO | {"your_name": "Ana", "fiscal_year_start_month": 7, "tag_length": 6}
    page_says(client, f"/first-run/{link}/", typed | {"time_zone": PACIFIC}, "zone-kept", *SAID)
    with pytest.raises(Refused, match="since 07/01/2022"):
        set_up_district(link, district=here | {"time_zone": PACIFIC}, **WHO)
    set_up_district(link, district=here | {"time_zone": DETROIT}, **WHO)
    assert zone() == DETROIT
