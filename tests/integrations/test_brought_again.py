"""What was voided, or undone, and is here after all stands as it stood: how it left, and who had
it. A list that is brought again, or mended, says it as if it were the first time."""

from datetime import date
from decimal import Decimal

import pytest

from assets.actions import dispose_asset, reinstate_assets, void_asset
from assets.models import Asset, AssetSpan, Assignment, Disposal, Status
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award
from people.models import Person
from reports.property_record.build import build
from tests.integrations.conftest import bring, look_at, undo
from tests.integrations.test_never_was import record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "arp")]
HEAD = "Tag,Make,Model,Serial,Status,Room,Cost,PO,Award 1,Acquired,Holder ID,Loan date,Status date,"
ROW = "Acer,C1,{tag},{status},{room},100.00,PO-A,ARP ESSER 2021,2023-08-12,{holder},{loan},{since},"
MAY, JUNE, LATER = date(2024, 5, 1), date(2024, 6, 30), date(2025, 6, 30)
DAYS = (date(2023, 8, 12), date(2024, 2, 1), MAY, JUNE, LATER)


def line(tag: str, status: str, holder: str = "", loan: str = "", **more: str) -> str:
    words = {"room": "101", "since": "", "left": ""} | more
    row = ROW.format(tag=tag, status=status, holder=holder, loan=loan, **words)
    return f"{tag},{row}{words['left']}\n"


def told(*lines: str) -> str:
    return f"{HEAD}Disposal date\n" + "".join(lines)


def everything(award: Award) -> list[object]:
    """What R1 says of each day, and which hand-overs are no mistake."""
    of_days = [record(award, day) for day in (*DAYS, days.today())]
    loans = Assignment.objects.were().order_by("asset", "opened_at")
    return [
        *((d.rows, [(f.code, f.count) for f in d.findings], d.totals) for d in of_days),
        list(loans.values_list("asset__tag", "person", "opened_at", "closed_at", "due_on")),
        list(Disposal.objects.filter(reopened_at=None).values_list("asset__tag", "disposed_on")),
        list(Asset.objects.order_by("tag").values_list("tag", "status", "place", "room", "holder")),
    ]


def test_what_came_as_disposed_left_on_that_day_after_the_undo_of_its_void(arp: Award) -> None:
    bring(told(line("A1", "Disposed", left="2024-05-01")))
    thing, before = Asset.objects.get(tag="A1"), everything(arp)
    for _again in range(2):
        void_asset(thing, by=SYSTEM, reason="Not found")
        void = days.now()
        reinstate_assets([thing], by=SYSTEM, reason="Found")
        assert everything(arp) == before
        assert build(arp, as_of=JUNE, known_at=void, by=SYSTEM).rows == ()
    [row] = record(arp, JUNE).rows
    assert (row.status, row.disposed_on) == ("Disposed", MAY)
    assert verify.verify().findings == []


def test_how_it_left_comes_back_whole(arp: Award) -> None:
    bring(told(line("A1", "Received")))
    thing = Asset.objects.get(tag="A1")
    dispose_asset(
        thing,
        by=SYSTEM,
        method="returned",
        disposed_on=JUNE,
        sale_price=Decimal("7.50"),
        recipient="The vendor",
    )
    before = everything(arp)
    void_asset(thing, by=SYSTEM, reason="Never was")
    reinstate_assets([thing], by=SYSTEM, reason="It was")
    assert everything(arp) == before
    disposal = Disposal.objects.get()
    how = (disposal.method, disposal.sale_price, disposal.recipient)
    assert how == ("returned", Decimal("7.50"), "The vendor")
    assert verify.verify().findings == []


def test_an_import_that_is_undone_and_brought_again_equals_the_first(
    arp: Award, maria: Person, jamal: Person
) -> None:
    text = told(
        line("A1", "Disposed", left="2024-05-01"),
        line("A2", "Lost", since="2024-05-01"),
        line("A3", "Lost", maria.local_id, "2024-02-01", since="2024-05-01"),
        line("A4", "In use", maria.local_id, "2024-02-01"),
        line("A5", "In use", jamal.local_id, "2024-02-01", room=""),
        line("A6", "In stock", maria.local_id, room=""),
        line("A7", "In repair", jamal.local_id, "2024-02-01"),
    )
    session = bring(text)
    first = everything(arp)
    for _again in range(2):
        session = undo(session)
        assert list(session.rows.exclude(problems=[]).values_list("problems")) == []
        assert record(arp, JUNE).rows == ()
        assert not AssetSpan.objects.known().exclude(holder=None).exists()
        session = look_at(text)
        assert {w for row in session.rows.all() for w in row.warnings} <= {
            "The row says in stock, and who has it: it is taken as in use, with them."
        }
        session = bring(text)
        assert session.rows.filter(outcome="update", applied=True).count() == 7
        assert everything(arp) == first
    assert verify.verify().findings == []


@pytest.mark.parametrize("loan", ["2024-01-15", "2024-02-01", "2024-04-01", ""])
def test_who_had_it_by_an_undone_list_stands_in_nobodys_way(
    loan: str, arp: Award, maria: Person, jamal: Person
) -> None:
    undo(bring(told(line("A1", "In use", maria.local_id, "2024-02-01"))))
    text = told(line("A1", "In use", jamal.local_id, loan))
    session = bring(text)
    assert session.rows.get().applied, session.rows.get().problems
    thing = Asset.objects.get()
    assert (thing.holder, thing.status) == (jamal, Status.IN_USE)
    since = date.fromisoformat(loan) if loan else days.today()
    [standing] = Assignment.objects.were()
    assert (standing.person, days.local_date(standing.opened_at)) == (jamal, since)
    for day in DAYS:
        held = AssetSpan.objects.as_of(days.end_of_day(day)).get(asset=thing)
        assert held.holder_id == (jamal.pk if since <= day else None)
        assert (held.status, held.room_id) == (Status.IN_USE, thing.room_id)
    assert verify.verify().findings == []


def test_a_list_that_names_nobody_says_that_nobody_had_it(arp: Award, maria: Person) -> None:
    undo(bring(told(line("A1", "In stock", maria.local_id, "2024-02-01", room=""))))
    bring(told(line("A1", "In stock", room="")))
    assert not AssetSpan.objects.known().exclude(holder=None).exists()
    assert not Assignment.objects.were().exists()
    assert Asset.objects.get().status == Status.IN_STOCK
    assert verify.verify().findings == []


def test_somebody_had_it_until_the_undo_where_it_is_reinstated_by_hand(
    arp: Award, maria: Person
) -> None:
    undo(bring(told(line("A1", "In use", maria.local_id, "2024-02-01", room=""))))
    reinstate_assets([Asset.objects.get()], by=SYSTEM, reason="It is here")
    thing, loan = Asset.objects.get(), Assignment.objects.get()
    assert (thing.status, thing.place, thing.holder) == (Status.IN_STOCK, "unplaced", None)
    assert loan.closed_at is not None
    assert days.local_date(loan.opened_at) == date(2024, 2, 1)
    before, after = AssetSpan.objects.known().filter(asset=thing).in_order()[1:3]
    assert (before.holder, before.valid_to, after.holder) == (maria, loan.closed_at, None)
    assert verify.verify().findings == []


def test_another_day_of_disposal_is_not_passed_over(arp: Award) -> None:
    undo(bring(told(line("A1", "Disposed", left="2024-05-01"))))
    same = look_at(told(line("A1", "Disposed", left="2024-05-01"))).rows.get()
    assert (same.problems, same.warnings) == ([], [])
    other = look_at(told(line("A1", "Disposed", left="2024-05-11"))).rows.get()
    [warning] = other.warnings
    assert "05/11/2024 (here: 05/01/2024)" in warning
