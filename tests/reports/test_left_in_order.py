"""A thing was there before it left, and nobody sees it or hands it out after that: at each door."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.test import Client

from assets.actions import (
    assign_asset,
    change_asset,
    change_status,
    correct_asset,
    dispose_asset,
    return_asset,
    verify_asset,
)
from assets.models import Asset, Assignment, Status
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, Unit
from people.models import Person, School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_product, make_purchase, make_student
from tests.integrations.conftest import bring, look_at, outcomes, why
from tests.integrations.conftest import equipment as equipment
from tests.refusing import page_says, refusal, rest_says
from tests.reports.merged import at, fresh, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]
EARLY, CAME, SEEN = date(2023, 1, 1), date(2025, 2, 1), date(2025, 6, 1)
DAYS = [date(2023, 6, 30), date(2025, 2, 28), SEEN, date(2025, 12, 31)]


@pytest.fixture
def unit(arp: Award) -> Unit:
    _purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=[(arp, "100")], received_on=CAME
    )
    return unit


@pytest.fixture
def kim(lincoln: School) -> Person:
    return make_student(school=lincoln)


def waiting(asset: Asset, day: date) -> Asset:
    for status in (Status.SURPLUS, Status.AWAITING_DISPOSAL):
        change_status(fresh(asset), to=status, by=SYSTEM, at=at(day))
    return fresh(asset)


def told(award: Award) -> list[list[tuple[str, date | None]]]:
    """What R1 says of it on past days."""
    built = (build(award, as_of=day, known_at=days.now(), by=SYSTEM) for day in DAYS)
    found = []
    for report in built:
        assert not {"left-before"} & {f.code for f in report.findings}
        found.append([(row.status, row.disposed_on) for row in report.rows])
    return found


def refused_at(asset: Asset, day: date, code: str, said: str, page: Client, api: Client) -> None:
    """By page and REST."""
    typed = {"method": "recycled", "disposed_on": f"{day:%m/%d/%Y}"}
    page_says(page, f"/assets/{asset.pk}/dispose/", typed, code, said)
    body = {"method": "recycled", "disposed_on": day}
    rest_says(api, f"assets/{asset.pk}/dispose", body, code, said, pointer="/disposed_on")


def test_it_left_after_it_was_there(
    arp: Award, unit: Unit, lincoln: School, ana: User, client_of: Of, api_of: Of
) -> None:
    asset = waiting(make_asset(school=lincoln, unit=unit), date(2025, 3, 1))
    before = told(arp)
    said = "disposed on 01/01/2023, and it is here since 02/01/2025: say first when"
    refused_at(asset, EARLY, "disposed-before-there", said, client_of(ana), api_of(ana))
    assert told(arp) == before
    correct_asset(asset, by=SYSTEM, reason="Invoice", acquired_on=date(2022, 8, 1))
    dispose_asset(fresh(asset), by=SYSTEM, method="recycled", disposed_on=EARLY)
    assert verify.verify().findings == []


def test_on_the_day_on_which_it_came_it_may_have_left(
    arp: Award, unit: Unit, lincoln: School
) -> None:
    asset = make_asset(school=lincoln, unit=unit, status="received")
    dispose_asset(asset, by=SYSTEM, method="returned", disposed_on=CAME)
    assert told(arp)[1] == [("Disposed", CAME)]


def test_what_nobody_dated_is_here_since_it_was_registered(lincoln: School) -> None:
    asset = make_asset(school=lincoln, status="received")
    sell = partial(dispose_asset, asset, by=SYSTEM, method="returned", disposed_on=EARLY)
    assert refused(sell) == "disposed-before-there"


@pytest.mark.parametrize(
    ("befell", "code", "said"),
    [
        ("seen", "disposed-before-seen", "and seen after that, on 06/01/2025"),
        ("lent", "disposed-before-loaned", "and handed out after that, on 06/01/2025"),
    ],
)
def test_nobody_saw_it_or_had_it_after_it_left(
    arp: Award,
    unit: Unit,
    lincoln: School,
    kim: Person,
    ana: User,
    client_of: Of,
    api_of: Of,
    befell: str,
    code: str,
    said: str,
) -> None:
    asset = make_asset(school=lincoln, unit=unit, acquired_on=date(2022, 8, 1))
    if befell == "seen":
        verify_asset(asset, by=SYSTEM, at=at(SEEN))
    else:
        assign_asset(asset, to=kim, by=SYSTEM, at=at(SEEN))
        return_asset(fresh(asset), by=SYSTEM, at=at(date(2025, 9, 1)))
    asset = waiting(asset, date(2025, 9, 2))
    before = told(arp)
    refused_at(asset, EARLY, code, said, client_of(ana), api_of(ana))
    assert told(arp) == before
    # It may leave on the day on which somebody came to it the last time.
    last = SEEN if befell == "seen" else date(2025, 9, 1)
    dispose_asset(asset, by=SYSTEM, method="recycled", disposed_on=last)
    assert told(arp)[-1] == [("Disposed", last)]
    assert verify.verify().findings == []


def test_a_loan_that_never_was_is_in_no_way(lincoln: School, kim: Person) -> None:
    asset = make_asset(school=lincoln, acquired_on=date(2022, 8, 1))
    assign_asset(asset, to=kim, by=SYSTEM, at=at(SEEN))
    return_asset(fresh(asset), by=SYSTEM, at=at(SEEN))
    assert not Assignment.objects.were().exists()
    asset = waiting(asset, SEEN)
    dispose_asset(asset, by=SYSTEM, method="recycled", disposed_on=EARLY)


LIST = "Tag,Make,Model,Status,Disposal date,{}\nD1,HP,11,Disposed,{},{}\n"


@pytest.mark.parametrize(
    ("header", "day", "said"),
    [
        ("Received", "2/1/2025", "before it was received on 02/01/2025"),
        ("Last verified", "6/1/2025", "and seen after that, on 06/01/2025"),
    ],
)
@pytest.mark.usefixtures("lincoln")
def test_a_list_tells_the_same_order(header: str, day: str, said: str) -> None:
    session = look_at(LIST.format(header, "1/1/2023", day))
    assert outcomes(session) == {"refused": 1}
    assert said in why(session)
    session = bring(LIST.format(header, day, day))
    assert outcomes(session) == {"create": 1}, why(session)


def test_so_do_a_new_thing_and_its_unit(unit: Unit, lincoln: School, ana: User, api_of: Of) -> None:
    gone = {"product": make_product(), "status": "disposed", "legacy": True, "disposed_on": EARLY}
    new = partial(make_asset, school=lincoln, unit=unit, **gone)
    with refusal("disposed-before-received"):
        assert refused(new) == "disposed-before-received"
    asset = make_asset(school=lincoln, **gone)
    give = partial(change_asset, asset, by=SYSTEM, unit=unit)
    assert refused(give) == "disposed-before-received"
    path, code = f"assets/{asset.pk}", "disposed-before-received"
    headers = {"If-Match": "*"}
    rest_says(api_of(ana), path, {"unit": unit.pk}, code, method="PATCH", **headers)
