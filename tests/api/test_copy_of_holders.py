"""Who keeps a copy from the feed knows whose a thing is, where the wrong person stood first too."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from assets import state
from assets.models import Asset, Assignment, Status
from core.access import SYSTEM
from core.journal import sealing
from core.journal.writing import Touched
from funding.models import Award
from people.models import Person, School, User
from tests.api.copy import Copy, Json
from tests.api.test_copy import differences, reader
from tests.api.test_strict import Api, post
from tests.factories import make_asset
from tests.forms import confirmed

pytestmark = pytest.mark.django_db(transaction=True)
LOAN = "assets.assignment"
Of = Callable[..., Client]


@pytest.fixture
def asset(lincoln: School) -> Asset:
    return make_asset(school=lincoln, at=datetime(2026, 8, 1, 15, tzinfo=UTC))


@pytest.fixture
def copy(rob: User, api_of: Api) -> Copy:
    return Copy(reader(api_of(rob)))


def loans_of(copy: Copy, asset: Asset) -> list[tuple[int, bool]]:
    """Whose it was, as the copy has it, and whether it is."""
    sealing.seal_all()
    copy.follow()
    assert differences(copy, copy.read) == []
    told = copy.rows_of("assets.asset", asset.pk, LOAN)
    there = asset.assignments.order_by("pk")
    assert [(x["person"], x.get("closed_at") is None) for x in told] == [
        (x.person_id, x.closed_at is None) for x in there
    ]
    return [(x["person"], x.get("closed_at") is None) for x in told]


def correct(client: Client, asset: Asset, holder: Person) -> None:
    asset.refresh_from_db()
    typed: dict[str, Any] = {
        "tag": asset.tag,
        "serial": asset.serial,
        "product": asset.product_id,
        "holder": holder.local_id,
        "reason": "Wrong person",
    }
    done = confirmed(client, f"/assets/{asset.pk}/correct/", typed)
    assert done.status_code == 302, done.content


def test_a_copy_follows_a_thing_that_was_another_persons_from_the_beginning(
    asset: Asset,
    copy: Copy,
    maria: Person,
    jamal: Person,
    rob: User,
    ana: User,
    api_of: Api,
    client_of: Of,
) -> None:
    api, url = api_of(rob), f"assets/{asset.pk}"
    body = {"person": maria.pk, "at": "2026-08-12T15:00:00Z"}
    assert post(api, f"{url}/assign", body).status_code == 200
    assert loans_of(copy, asset) == [(maria.pk, True)]
    wrong = {"holder": jamal.pk, "reason": "Wrong person"}
    assert post(api, f"{url}/correct", wrong).status_code == 200
    assert loans_of(copy, asset) == [(maria.pk, False), (jamal.pk, True)]
    correct(client_of(ana), asset, maria)
    correct(client_of(ana), asset, jamal)
    assert post(api, f"{url}/return", {}).status_code == 200
    assert loans_of(copy, asset) == [
        (maria.pk, False),
        (jamal.pk, False),
        (maria.pk, False),
        (jamal.pk, False),
    ]
    numbers = list(asset.assignments.order_by("pk").values_list("number", flat=True))
    assert len(set(numbers)) == 4
    assert None not in numbers, "each is named by a key of its own"


def test_what_was_told_before_loans_had_numbers_is_read_as_it_was(
    asset: Asset, copy: Copy, maria: Person, jamal: Person, rob: User, api_of: Api
) -> None:
    at = datetime(2026, 8, 12, 15, tzinfo=UTC)

    def opened(person: Person, **more: Any) -> Assignment:
        """As an older release wrote it."""
        loan = Assignment.objects.create(asset=asset, person=person, opened_at=at)
        told = {"holder_id": person.pk, "status": Status.IN_USE, **state.with_person(person.pk)}
        state.change(asset, kind="asset.assigned", by=SYSTEM, at=at, rows=[loan], **more, **told)
        return loan

    first = opened(maria)
    Assignment.objects.filter(pk=first.pk).update(closed_at=at)
    opened(jamal, touched=[Touched(Assignment, {"opened_at": at}, {"closed_at": (None, at)})])
    assert loans_of(copy, asset) == [(maria.pk, False), (jamal.pk, True)]
    wrong = {"holder": maria.pk, "reason": "Maria's after all"}
    assert post(api_of(rob), f"assets/{asset.pk}/correct", wrong).status_code == 200
    assert loans_of(copy, asset) == [(maria.pk, False), (jamal.pk, False), (maria.pk, True)]
    assert [x.number is None for x in asset.assignments.order_by("pk")] == [True, True, False]


def test_the_per_cent_of_an_award_reads_the_same_in_the_feed_and_by_rest(
    arp: Award, copy: Copy, fay: User, api_of: Api
) -> None:
    api = api_of(fay)
    answer = post(api, "awards", _third(arp, "66.667"))
    assert answer.status_code == 201, answer.content
    assert answer.json()["federal_percent"] == "66.667"
    finer = post(api, "awards", _third(arp, "66.6667"))
    assert finer.status_code == 400
    assert "at most three decimals" in finer.json()["errors"][0]["message"]
    sealing.seal_all()
    copy.follow()
    assert differences(copy, copy.read) == []
    assert copy.of("funding.award")[answer.json()["id"]]["federal_percent"] == "66.667"


def _third(award: Award, percent: str) -> Json:
    return {"program": award.program_id, "name": f"Two {percent}", "federal_percent": percent}
