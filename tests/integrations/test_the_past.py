"""What a list brings was there before it: as listed where the list gives no day, and never known
before it came."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from assets.models import Asset, AssetSpan, Assignment
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, UnitShare
from people.models import Person, Room, School, User
from reports.property_record.build import build
from tests.integrations.conftest import bring, look_at, undo
from tests.integrations.untagged import why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]

LEDGER = """
SELECT count(*), COALESCE(sum(s.amount), 0) FROM assets_asset a
  JOIN funding_unitshare s ON s.unit_id = a.unit_id AND s.known_to IS NULL AND s.valid_to IS NULL
 WHERE s.award_id = %s AND a.acquired_on <= %s AND a.status <> 'void'
"""


def register_of(count: int = 2905) -> str:
    """A register of things acquired from 2022 to 2024, each at a cost of its own."""
    rows = ["Tag,Make,Model,Serial,Room,Cost,PO,Award 1,Acquired,Condition"]
    for n in range(count):
        came = date(2022, 1, 3) + timedelta(days=n * 1090 // count)
        cents = 20_000 + n * 37
        rows.append(
            f"P{n:05d},Acer,Chromebook {n % 7},PS{n:05d},101,{cents / 100:.2f},PO-{n // 50:03d},"
            f"ARP ESSER 2021,{came},Good"
        )
    return "\n".join(rows)


def ledger(award: Award, day: date) -> tuple[int, Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(LEDGER, [award.pk, day.isoformat()])
        count, amount = cursor.fetchone()
    return count, Decimal(str(amount)).quantize(Decimal("0.01"))


def state(asset: Asset, day: date) -> tuple[str, str, int | None, int | None]:
    span = AssetSpan.objects.as_of(days.end_of_day(day)).get(asset=asset)
    return span.status, span.place, span.room_id, span.holder_id


def test_each_june_since_has_every_thing_that_was_there_to_the_cent(arp: Award, fay: User) -> None:
    before = days.now()
    bring(register_of())
    june = [date(year, 6, 30) for year in (2021, 2022, 2023, 2024, 2025, 2026)]
    for day in june:
        dataset = build(arp, as_of=day, known_at=days.now(), by=SYSTEM)
        assert (dataset.totals.assets, dataset.totals.federal) == ledger(arp, day), day
        assert "untagged" not in {f.code for f in dataset.findings}
        assert build(arp, as_of=day, known_at=before, by=SYSTEM).totals.assets == 0
    assert ledger(arp, june[0])[0] == 0
    assert ledger(arp, june[-1])[0] == 2905
    listed = next(f for f in dataset.findings if f.code.startswith("listed"))
    assert listed.count == 2905
    assert f"{days.today():%m/%d/%Y}" in listed.sentence
    today = build(arp, as_of=days.today(), known_at=days.now(), by=SYSTEM)
    assert not [f for f in today.findings if f.code.startswith("listed")], (
        "the list is evidence now"
    )
    assert verify.verify().findings == []


def test_who_has_it_and_that_it_left_begin_on_their_own_day_or_the_lists(
    maria: Person, room: Room
) -> None:
    text = (
        "Tag,Make,Model,Room,Holder ID,Status,Acquired,Loan date,Status date,Disposal date\n"
        f"L1,HP,X,101,{maria.local_id},In use,2023-08-01,2024-09-02,,\n"
        f"L2,HP,X,,{maria.local_id},In use,2023-08-01,,,\n"
        "L3,HP,X,101,,Disposed,2023-08-01,,,2025-02-03\n"
        "L4,HP,X,101,,Missing,2023-08-01,,,\n"
        "L5,HP,X,101,,Stolen,2023-08-01,,2025-10-10,\n"
        "L6,HP,X,101,,In stock,,,,\n"
    )
    bring(text, list_of="2026-06-30")
    thing = {a.tag: a for a in Asset.objects.all()}
    early, later, june = date(2023, 8, 1), date(2025, 3, 1), date(2026, 6, 30)
    assert state(thing["L1"], early) == ("in_use", "room", room.pk, None)
    assert state(thing["L1"], later) == ("in_use", "room", room.pk, maria.pk)
    assert state(thing["L2"], date(2026, 6, 29)) == ("in_use", "unplaced", None, None)
    assert state(thing["L2"], june) == ("in_use", "person", None, maria.pk)
    assert state(thing["L3"], date(2025, 2, 2)) == ("in_use", "room", room.pk, None)
    assert state(thing["L3"], date(2025, 2, 3))[:2] == ("disposed", "closed")
    assert state(thing["L4"], date(2026, 6, 29))[0] == "in_use"
    assert state(thing["L4"], june)[0] == "missing"
    assert state(thing["L5"], later)[0] == "in_use"
    assert state(thing["L5"], date(2025, 10, 10))[0] == "stolen"
    assert not AssetSpan.objects.as_of(days.end_of_day(date(2026, 6, 29))).filter(asset=thing["L6"])
    assert state(thing["L6"], june)[0] == "in_stock"
    opened = Assignment.objects.get(asset=thing["L1"]).opened_at
    assert days.local_date(opened) == date(2024, 9, 2)
    marks = AssetSpan.objects.filter(asset=thing["L1"]).order_by("valid_from")
    assert [s.listed_on for s in marks] == [june, None]
    assert verify.verify().findings == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("8/12/2025,1/1/2024,,", ("01/01/2024", "08/12/2025")),
        ("8/12/2025,,1/1/2024,", ("01/01/2024", "08/12/2025")),
        (",1/1/2024,8/12/2025,", ("01/01/2024", "08/12/2025")),
        ("8/12/2025,,,1/1/2024", ("01/01/2024", "08/12/2025")),
        ("12/1/2099,,,", ("12/1/2099",)),
    ],
)
def test_days_that_contradict_each_other_are_refused_with_both(
    cells: str, said: tuple[str]
) -> None:
    head = "Tag,Make,Model,Acquired,Last verified,Received,Disposal date,Status\n"
    status = "Disposed" if cells.endswith("2024") and cells.count(",,") else "In stock"
    session = look_at(f"{head}C1,HP,X,{cells},{status}\n")
    (problems,) = why(session).values()
    told = " ".join(sentence for _field, sentence in problems)
    assert all(day in told for day in said), told
    assert not Asset.objects.exists()


@pytest.mark.untrue("places and people are put out of use behind the register's back")
def test_nothing_new_goes_to_who_left_or_where_nobody_is(lincoln: School, maria: Person) -> None:
    closed = School.objects.create(code="OLD", name="Old School", active=False)
    Room.objects.create(school=lincoln, code="999X", active=False)
    Person.objects.filter(pk=maria.pk).update(active=False)
    text = (
        "Asset Tag,Make,Model,School,Room,Holder ID,Status\n"
        f"ZF002,HP,F1,LIN,,{maria.local_id},In use\nZF003,HP,F1,{closed.code},,,In stock\n"
        "ZF004,HP,F1,LIN,999X,,In stock\n"
        "ZF005,HP,F1,OLD,,,Disposed\n"
    )
    told = {n: p[0][1] for n, p in why(look_at(text)).items()}
    assert "roster" in told[2] and "Old School" in told[3] and "room" in told[4]
    assert 5 not in told, "what had left by then may have been there"
    assert why(bring(text)).keys() == {2, 3, 4}


def test_a_list_of_a_past_day_does_not_overrule_what_was_learned_since(
    room: Room, library: Room
) -> None:
    bring(
        "Tag,Make,Model,Room,Acquired\nO1,HP,X,101,2024-08-01\nO2,HP,X,101,2024-08-01\n",
        list_of="2025-06-30",
    )
    bring("Tag,Room\nO1,LIB\n")
    session = look_at("Tag,Room\nO1,102\nO2,102\n", list_of="2026-03-31")
    (told,) = why(session).values()
    assert "03/31/2026" in told[0][1]
    bring("Tag,Room\nO2,102\n", list_of="2026-03-31")
    moved = Asset.objects.get(tag="O2")
    assert state(moved, date(2026, 3, 30))[2] == room.pk
    assert state(moved, date(2026, 3, 31))[2] != room.pk


def test_an_acquired_day_that_a_later_list_brings_takes_state_and_money_along(arp: Award) -> None:
    bring("Tag,Make,Model,Room,Cost,PO,Award 1\nA1,HP,X,101,400,PO-1,ARP ESSER 2021\n")
    asset = Asset.objects.get()
    day = date(2023, 9, 5)
    assert build(arp, as_of=date(2024, 6, 30), known_at=days.now(), by=SYSTEM).totals.assets == 0
    known = days.now()
    session = bring(f"Tag,Acquired\nA1,{day}\n")
    then = build(arp, as_of=date(2024, 6, 30), known_at=days.now(), by=SYSTEM)
    assert (then.totals.assets, then.totals.federal) == (1, Decimal("400.00"))
    assert build(arp, as_of=date(2024, 6, 30), known_at=known, by=SYSTEM).totals.assets == 0
    share = UnitShare.objects.known().get(unit=asset.unit)
    assert days.local_date(share.valid_from) == day
    undo(session)
    assert build(arp, as_of=date(2024, 6, 30), known_at=days.now(), by=SYSTEM).totals.assets == 0
    assert verify.verify().findings == []
