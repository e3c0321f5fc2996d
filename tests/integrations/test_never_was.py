"""What never existed stands on no day, as known now; what exists after all, on each as before."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from assets.actions import (
    merge_assets,
    register_asset,
    reinstate_assets,
    unmerge_assets,
    void_asset,
)
from assets.models import Asset, AssetSpan, Status
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.actions import LineDraft, ShareDraft, receive_units, record_purchase, share_line
from funding.models import Award, Unit
from people.models import School
from reports.dataset import Dataset
from reports.property_record.build import build
from tests.integrations.conftest import bring, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
JUNE = date(2024, 6, 30)
LIST = (
    "Tag,Make,Model,Serial,Room,Cost,PO,Award 1,Acquired\n"
    "N1,Acer,C1,NS1,101,100.00,PO-N,ARP ESSER 2021,2023-08-12\n"
    "N2,Acer,C1,NS2,101,200.00,PO-N,ARP ESSER 2021,2023-08-12\n"
)


def record(award: Award, day: date = JUNE) -> Dataset:
    return build(award, as_of=day, known_at=days.now(), by=SYSTEM)


def ties(dataset: Dataset, *tags: str, federal: str, untagged: int = 0) -> None:
    """The rows are these, and with what is no thing they are the ledger, which is always said."""
    assert sorted(row[0] for row in dataset.rows) == sorted(tags)
    assert dataset.totals.federal == Decimal(federal)
    extra = dataset.extra
    assert extra["untagged"] == str(untagged)
    rest = Decimal(extra["untagged_amount"])
    assert Decimal(extra["ledger"]) == dataset.totals.federal + rest
    assert not {"ledger", "unit-twice"} & {f.code for f in dataset.findings}


def test_a_void_thing_is_on_no_day_and_its_unit_is_anothers_on_each(
    arp: Award, lincoln: School
) -> None:
    bring(LIST)
    wrong = Asset.objects.get(tag="N1")
    unit, before = wrong.unit, days.now()
    void_asset(wrong, by=SYSTEM, reason="Never was")
    ties(record(arp), "N2", federal="200.00", untagged=1)
    register_asset(
        tag="R1",
        product=wrong.product,
        school=lincoln,
        unit=unit,
        acquired_on=date(2023, 8, 12),
        by=SYSTEM,
    )
    for day in (JUNE, days.today()):
        ties(record(arp, day), "N2", "R1", federal="300.00")
    then = build(arp, as_of=JUNE, known_at=before, by=SYSTEM)
    assert sorted(row[0] for row in then.rows) == ["N1", "N2"]
    assert AssetSpan.objects.known().get(asset=wrong).status == Status.VOID
    assert verify.verify().findings == []


def test_what_exists_after_all_stands_on_each_day_as_before(arp: Award) -> None:
    bring(LIST)
    thing = Asset.objects.get(tag="N1")

    def standing() -> list[tuple[object, ...]]:
        spans = AssetSpan.objects.known().filter(asset=thing).in_order()
        return [
            (s.valid_from, s.valid_to, s.status, s.room_id, s.unit_id, s.sets, s.listed_on)
            for s in spans
        ]

    before, was = record(arp), standing()
    for _again in range(2):
        void_asset(thing, by=SYSTEM, reason="Not found")
        reinstate_assets([thing], by=SYSTEM, reason="Found")
        assert record(arp).rows == before.rows
        assert standing() == was
    assert verify.verify().findings == []


def test_an_import_that_is_undone_and_brought_again_is_there_on_each_day(arp: Award) -> None:
    session = bring(LIST)
    before = record(arp)
    ties(before, "N1", "N2", federal="300.00")
    undo(session)
    assert record(arp).rows == ()
    assert not AssetSpan.objects.known().exclude(unit=None).exists()
    bring(LIST)
    ties(record(arp), "N1", "N2", federal="300.00")
    ties(record(arp, days.today()), "N1", "N2", federal="300.00")
    early = record(arp, date(2023, 8, 11))
    assert (early.rows, early.extra["ledger"]) == ((), "0.00")
    assert verify.verify().findings == []


def test_an_undone_import_gives_a_received_unit_back_on_each_day(
    arp: Award, lincoln: School
) -> None:
    purchase = record_purchase(
        "PO-R", by=SYSTEM, lines=[LineDraft("Cameras", 1, Decimal("111.10"))]
    )
    line = purchase.lines.get()
    receive_units(line, 1, by=SYSTEM, received_on=date(2024, 5, 1))
    share_line(line, [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM)
    ties(record(arp), federal="0.00", untagged=1)
    session = bring("Tag,Make,Model,PO,Acquired\nV1,Sony,A7,PO-R,2024-05-01\n")
    assert Asset.objects.get(tag="V1").unit == Unit.objects.get(line=line)
    ties(record(arp), "V1", federal="111.10")
    undo(session)
    for day in (JUNE, days.today()):
        ties(record(arp, day), federal="0.00", untagged=1)
    assert verify.verify().findings == []


@pytest.mark.untrue(reason="an item that stands for another's unit")
def test_two_things_on_one_unit_are_told_by_verify_and_by_the_record(
    arp: Award, lincoln: School
) -> None:
    bring(LIST)
    one, other = Asset.objects.get(tag="N1"), Asset.objects.get(tag="N2")
    span = AssetSpan.objects.known().filter(asset=other).latest("valid_from")
    start = days.start_of_day(date(2024, 1, 1))
    AssetSpan.objects.create(
        **{f: getattr(span, f) for f in AssetSpan.fields} | {"unit_id": one.unit_id},
        asset=other,
        number=-9,
        valid_from=start,
        valid_to=start + timedelta(days=300),
        known_from=days.now(),
        closed_known=days.now(),
    )
    assert any("N1 and N2 stand for one unit" in f for f in verify.verify().findings)
    codes = {f.code for f in record(arp).findings}
    assert {"unit-twice", "ledger"} <= codes


def test_a_unit_that_a_merged_row_stood_for_is_anothers_on_each_day(
    arp: Award, lincoln: School
) -> None:
    bring(LIST)
    first, kept = Asset.objects.get(tag="N1"), Asset.objects.get(tag="N2")
    unit, product = first.unit, first.product
    register_asset(tag="N3", product=product, school=lincoln, by=SYSTEM)
    other = Asset.objects.get(tag="N3")
    merge_assets(first, into=other, by=SYSTEM, reason="One laptop")
    ties(record(arp), "N1", "N2", federal="300.00")
    before = days.now()
    void_asset(other, by=SYSTEM, reason="Never was")
    ties(record(arp), "N2", federal="200.00", untagged=1)
    late = register_asset(
        tag="R1",
        product=product,
        school=lincoln,
        unit=unit,
        acquired_on=date(2023, 8, 12),
        by=SYSTEM,
    )
    for day in (JUNE, days.today()):
        ties(record(arp, day), kept.tag, late.tag, federal="300.00")
    then = build(arp, as_of=JUNE, known_at=before, by=SYSTEM)
    assert sorted(row[0] for row in then.rows) == ["N1", "N2"]
    unmerge_assets(first, by=SYSTEM, reason="Two laptops")
    for day in (JUNE, days.today()):
        ties(record(arp, day), kept.tag, late.tag, federal="300.00")
    assert verify.verify().findings == []
