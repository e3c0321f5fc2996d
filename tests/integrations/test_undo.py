"""Undo: what an import brought in never was, and what changed since stands and is named."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assets.actions import assign_asset, change_asset, return_asset
from assets.models import Asset, AssetSpan, Category
from core.journal import verify
from core.time import days
from funding.models import Award, Unit, UnitShare
from integrations.models import ImportSession
from people.models import Person, School, User
from reports.property_record.build import build
from tests.forms import plan_of
from tests.integrations.conftest import bring, outcomes, undo

pytestmark = pytest.mark.django_db

FILE = """Tag,Make,Model,Serial,Room,Cost,PO,Acquired,Award 1
R1,Acer,X,S1,101,400.00,PO-9,2024-08-01,ARP ESSER 2021
R2,Acer,X,S2,101,400.00,PO-9,2024-08-01,ARP ESSER 2021
R3,Acer,X,S3,102,400.00,PO-9,2024-08-01,ARP ESSER 2021
"""


def paid_on(award: Award, day: date) -> list[str]:
    at = days.end_of_day(day)
    return sorted(str(s.amount) for s in UnitShare.objects.as_of(at).filter(award=award))


def test_undo_brings_count_ledger_and_every_day_back(
    equipment: Category, lincoln: School, arp: Award, ana: User
) -> None:
    past = date(2024, 12, 31)
    session = bring(FILE, by=ana)
    known = days.now()
    assert paid_on(arp, past) == ["400.00"] * 3
    undo(session, by=ana)
    assert not Asset.objects.active().exists()
    assert paid_on(arp, past) == []
    assert paid_on(arp, days.today()) == []
    assert not Unit.objects.filter(voided_at=None).exists()
    believed = UnitShare.objects.as_of(days.end_of_day(past), known).filter(award=arp)
    assert believed.count() == 3, "what we believed then stays askable"
    assert verify.verify().findings == []


def test_the_file_can_be_brought_again_after_undo_and_means_the_same_things(
    equipment: Category, lincoln: School, arp: Award, ana: User
) -> None:
    untagged = FILE.replace("R3,", ",")
    first = bring(untagged, by=ana)
    things = set(Asset.objects.values_list("pk", "tag"))
    undo(first, by=ana)
    again = bring(untagged, by=ana)
    assert outcomes(again) == {"update": 3}
    assert set(Asset.objects.active().values_list("pk", "tag")) == things
    assert paid_on(arp, date(2024, 12, 31)) == ["400.00"] * 3
    places = Asset.objects.order_by("serial").values_list("status", "room__code")
    assert list(places) == [("in_stock", "101"), ("in_stock", "101"), ("in_stock", "102")]
    assert outcomes(bring(untagged, by=ana)) == {"same": 3}
    undo(again, by=ana)
    assert not Asset.objects.active().exists()
    assert paid_on(arp, date(2024, 12, 31)) == []
    assert verify.verify().findings == []


def test_what_changed_since_stands_and_is_named(
    equipment: Category,
    lincoln: School,
    arp: Award,
    maria: Person,
    ana: User,
    client_of: Callable[[User], Client],
) -> None:
    session = bring(FILE, by=ana)
    assign_asset(Asset.objects.get(tag="R2"), to=maria, by=ana)
    session = undo(session, by=ana)
    assert list(Asset.objects.active().values_list("tag", flat=True)) == ["R2"]
    assert Asset.objects.get(tag="R2").holder == maria
    row = session.rows.get(number=3)
    assert (row.undone, row.problems) == (False, [["", "R2 changed since."]])
    html = client_of(ana).get(reverse("import", args=[session.pk])).content.decode()
    assert "R2 changed since." in html
    return_asset(Asset.objects.get(tag="R2"), by=ana)
    again = undo(session, by=ana)
    assert not again.rows.get(number=3).undone, "it changed since, twice"


def test_undo_of_edits_brings_what_was_and_not_what_came_later(
    equipment: Category, lincoln: School, ana: User
) -> None:
    bring("Tag,Notes,Room\nS1,old,101\nS2,old,101\n", by=ana)
    session = bring("Tag,Notes,Room\nS1,new,102\nS2,new,102\n", by=ana, name="later.csv")
    before = days.now()
    change_asset(Asset.objects.get(tag="S2"), by=ana, description="mine")
    undo(session, by=ana)
    found = {a.tag: (a.description, a.room.code) for a in Asset.objects.all()}  # type: ignore[union-attr]
    assert found == {"S1": ("old", "101"), "S2": ("mine", "102")}
    spans = AssetSpan.objects.as_of(before, before).filter(asset__tag="S1")
    assert spans.get().room.code == "102"  # type: ignore[union-attr]
    assert verify.verify().findings == []


@pytest.mark.parametrize("noted", ["Condition,Last verified\nT1,good,3/2/2026", "Notes\nT1,x"])
def test_undo_leaves_a_condition_of_the_day_that_it_was_of(
    equipment: Category, lincoln: School, ana: User, noted: str
) -> None:
    bring(f"Tag,{noted}\n", by=ana)

    def condition() -> list[tuple[str, date | None]]:
        return list(Asset.objects.values_list("condition", "condition_on"))

    before = condition()
    session = bring("Tag,Condition\nT1,broken\n", by=ana, name="later.csv")
    assert condition() == [("broken", days.today())]
    undo(session, by=ana)
    assert condition() == before
    assert verify.verify().findings == []


def test_a_double_click_applies_and_undoes_once(
    equipment: Category, lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    from tests.integrations.conftest import look_at, work

    session = look_at("Tag\nV1\n", by=ana)
    client = client_of(ana)
    apply = reverse("import-act", args=[session.pk, "apply"])
    plan = plan_of(client, reverse("import", args=[session.pk]))
    assert [client.post(apply, plan).status_code for _i in range(2)] == [302, 409]
    work(ImportSession.objects.get(pk=session.pk))
    assert Asset.objects.count() == 1


def test_an_award_shows_nothing_of_an_undone_import(
    equipment: Category, lincoln: School, arp: Award, ana: User
) -> None:
    def rows() -> int:
        return len(build(arp, by=ana, as_of=days.today(), known_at=days.now()).rows)

    session = bring(FILE, by=ana)
    assert rows() == 3
    undo(session, by=ana)
    assert rows() == 0
