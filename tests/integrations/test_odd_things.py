"""The odd files about which thing and when: by command and by page, as their README says."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from assets.actions import assign_asset
from assets.models import Asset
from core.access import SYSTEM
from core.time import days
from funding.actions import create_award, create_program, grant_award_access
from funding.models import Award, UnitShare
from integrations.models import ImportSession
from people.actions import (
    PersonDraft,
    change_room,
    change_school,
    create_room,
    create_school,
    save_people,
)
from people.models import Person, Room, School, User
from reports.property_record.build import build
from tests.cast import make_user
from tests.factories import make_asset
from tests.forms import scanned
from tests.integrations.conftest import Of, outcomes, why
from tests.integrations.ways import Bring, problems
from tests.reports.conftest import by_tag

pytestmark = pytest.mark.django_db


def test_f2_days_that_contradict_each_other_are_refused(brought: Bring) -> None:
    with time_machine.travel(datetime(2026, 11, 28, 15, tzinfo=UTC), tick=True):
        session = brought("f2_future.csv")
    assert set(problems(session)) == {2, 3}, "12/1/2026 is not yet; seen a year before acquired"
    assert not Asset.objects.exists()


def test_f4_nothing_comes_to_a_place_that_is_out_of_use(brought: Bring, lincoln: School) -> None:
    old = create_school("OLD", "Old school", by=SYSTEM)
    change_school(old, by=SYSTEM, active=False)
    change_room(create_room(lincoln, "999X", by=SYSTEM), by=SYSTEM, active=False)
    session = brought("f4_closed_places.csv")
    assert set(problems(session)) == {2, 3}
    assert not Asset.objects.exists()


def test_g1_an_old_list_takes_nothing_from_whoever_has_it(
    brought: Bring, lincoln: School, room: Room, maria: Person
) -> None:
    asset = make_asset(school=lincoln, tag="MV000265", room=room)
    assign_asset(asset, to=maria, by=SYSTEM)
    session = brought("g1_old_list_room.csv")
    assert (
        "somebody" in why(session) or maria.local_id in why(session) or maria.name in why(session)
    )
    now = Asset.objects.get()
    assert (now.holder, now.room) == (maria, None)


@pytest.mark.parametrize(
    ("first", "second", "there", "typed"),
    [
        ("i7_zero_lost", "i7b_zero_lost", "000123", "123"),
        ("i7b_zero_lost", "i7_zero_lost", "123", "000123"),
        ("i8_short_then_padded", "i8b_short_then_padded", "456", "000456"),
        ("i8b_short_then_padded", "i8_short_then_padded", "000456", "456"),
    ],
)
def test_i7_i8_zeros_too_few_or_too_many_are_noticed_at_every_door(
    brought: Bring,
    tom: User,
    lincoln: School,
    client_of: Of,
    api_of: Of,
    first: str,
    second: str,
    there: str,
    typed: str,
) -> None:
    brought(f"{first}.csv")
    session = brought(f"{second}.csv")
    assert f"looks like {there}" in why(session)
    assert list(Asset.objects.values_list("tag", flat=True)) == [there]
    page = client_of(tom)
    product = Asset.objects.get().product
    form = {
        "tag": typed,
        "category": product.category_id,
        "make": "HP",
        "model": product.model,
        "school": lincoln.pk,
        "status": "in_stock",
    }
    assert f"looks like {there}" in page.post("/assets/new/", form).content.decode()
    body = {"tag": typed, "product": product.pk, "school": lincoln.pk}
    answer = api_of(tom).post("/api/v1/assets", body, content_type="application/json")
    assert answer.json()["errors"][0]["code"] == "tag-alike"
    page.post("/scan/", {"mode": "verify"})
    scanned(page, typed)
    assert f"looks like {there}" in page.get("/scan/").content.decode()
    assert Asset.objects.count() == 1


def test_p7_a_card_that_is_a_tag_is_warned_of_and_asked(
    brought: Bring, tom: User, client_of: Of, api_of: Of
) -> None:
    brought("p7_id_is_a_tag_people.csv", "people")
    assert "700123" in warned(brought("p7b_id_is_a_tag_assets.csv"))
    person, asset = Person.objects.get(local_id="700123"), Asset.objects.get(tag="700123")
    _asked_at_the_desk(client_of(tom), api_of(tom), person, asset)


def test_p7_a_tag_that_is_a_card_is_warned_of_in_the_other_direction(
    brought: Bring, tom: User, client_of: Of, api_of: Of
) -> None:
    brought("p7b_id_is_a_tag_assets.csv")
    assert "700123" in warned(brought("p7_id_is_a_tag_people.csv", "people"))
    person, asset = Person.objects.get(local_id="700123"), Asset.objects.get(tag="700123")
    _asked_at_the_desk(client_of(tom), api_of(tom), person, asset)


def warned(session: ImportSession) -> str:
    return " ".join(w for row in session.rows.all() for w in row.warnings)


def _asked_at_the_desk(page: Client, api: Client, person: Person, asset: Asset) -> None:
    """Where a person is expected and where a device is; look-up offers both."""
    for mode, cards in (("out", ()), ("out", ("700001",)), ("look", ())):
        page.post("/scan/", {"clear": "1"})
        page.post("/scan/", {"mode": mode})
        for code in (*cards, "700123"):
            scanned(page, code)
        shown = page.get("/scan/").content.decode()
        assert f'value="person:{person.pk}"' in shown, (mode, cards)
        assert f'value="asset:{asset.pk}"' in shown, (mode, cards)
    meanings = api.get("/api/v1/codes?code=700123").json()["meanings"]
    assert {m["kind"] for m in meanings} == {"person", "asset"}


@pytest.fixture
def funds(lincoln: School) -> dict[str, Award]:
    """The awards that the files name."""
    program = create_program(by=SYSTEM, code="ESSER", name="ESSER", family="ug", aln="84.425D")
    plain = create_program(by=SYSTEM, code="LOCAL", name="Local funds", family="local")
    found = {
        n: create_award(by=SYSTEM, program=program, name=n)
        for n in ("ESSER II 2021-23", "ARP ESSER 2021-24", "Perkins V FY2023")
    }
    return found | {"General fund": create_award(by=SYSTEM, program=plain, name="General fund")}


def test_m4_every_share_shows_in_list_award_and_record_alike(
    brought: Bring, funds: dict[str, Award], fay: User, client_of: Of
) -> None:
    session = brought("m4_split.csv")
    assert outcomes(session) == {"create": 3}
    paid = UnitShare.objects.filter(unit__asset__tag="ZSP1").order_by("pk")
    assert sorted(paid.values_list("amount", flat=True)) == [
        Decimal("33.33"),
        Decimal("33.33"),
        Decimal("33.34"),
    ]
    wanted = {
        "ESSER II 2021-23": {"ZSP1", "ZSP2", "ZSP3"},
        "ARP ESSER 2021-24": {"ZSP1", "ZSP2"},
        "General fund": {"ZSP1"},
    }
    for name, tags in wanted.items():
        award = funds[name]
        page = client_of(fay).get(f"/assets/?award={award.pk}&columns=tag").content.decode()
        assert set(re.findall(r"\bZSP\d\b", page)) == tags
        assert (
            f"<strong>{len(tags)}</strong>"
            in client_of(fay).get(f"/awards/{award.pk}/").content.decode()
        )
        record = _record(award, fay)
        assert set(by_tag(record)) == tags
        said = {
            tag
            for f in record.findings
            if f.code in ("no-share", "share-zero", "cost-zero", "zero-share", "zero-cost")
            for tag in f.tags
        }
        assert {"ZSP2", "ZSP3"} & tags >= said


def test_m4_an_auditor_of_one_award_reads_what_others_pay_as_one_nameless_sum(
    brought: Bring, funds: dict[str, Award], fay: User
) -> None:
    brought("m4_split.csv")
    esser = funds["ESSER II 2021-23"]
    seen = by_tag(_record(esser, _auditor(esser)))["ZSP1"]
    assert seen["other"] == "other awards and funds 66.67%"
    assert seen["other_amount"] == Decimal("66.67")
    told = str(_record(esser, _auditor(esser)))
    assert "ARP ESSER 2021-24" not in told and "General fund" not in told
    whole = by_tag(_record(esser, fay))["ZSP1"]
    assert whole["other"] == "ARP ESSER 2021-24 33.33%; General fund 33.34%"


def test_t1_the_record_prints_long_words_and_every_script(
    brought: Bring, funds: dict[str, Award], fay: User
) -> None:
    session = brought("t1_report_texts.csv")
    assert outcomes(session) == {"create": 5}, why(session)
    rows = by_tag(_record(funds["Perkins V FY2023"], fay).in_words())
    assert set(rows) == {"RT001", "RT002", "RT003", "T" * 64}, "also what cost nothing"
    assert rows["RT002"]["cost"] == Decimal("0.00")
    told = str(rows)
    assert "لوحة ذكية" in told and "小学" in told and "W" * 200 in told


def test_t3_the_record_prints_both_holders_as_pseudonyms(
    brought: Bring, funds: dict[str, Award], lincoln: School, fay: User
) -> None:
    """A heading that mentions a teacher made nobody staff: both are students."""
    brought("p1_homeroom_teacher.csv", "people")
    save_people(
        [PersonDraft(local_id="990601", school=lincoln, first_name="Zoe", last_name="Test")],
        by=SYSTEM,
    )
    session = brought("t3_leak.csv")
    assert outcomes(session) == {"create": 2}, why(session)
    for by in (fay, _auditor(funds["Perkins V FY2023"])):
        record = _record(funds["Perkins V FY2023"], by)
        rows = by_tag(record)
        assert {rows["LK001"]["custodian"], rows["LK002"]["custodian"]} == {"p1", "p2"}
        assert [(p.name, bool(p.pseudonym)) for p in record.people] == [("", True)] * 2
        told = str(record)
        assert not [x for x in ("Mia", "Zoe", "990101", "990601") if x in told]


def _auditor(award: Award) -> User:
    """Somebody who sees this award and no other."""
    user = make_user(f"Auditor{User.objects.count()}", None)
    grant_award_access(award, to=user, by=SYSTEM, ends_on=days.today() + timedelta(days=90))
    return user


def _record(award: Award, by: User) -> Any:
    return build(award, as_of=days.today(), known_at=days.now(), by=by)
