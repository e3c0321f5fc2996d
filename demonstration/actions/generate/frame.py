"""What generated things hang on: schools, rooms, people, awards, products."""

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assets.actions import create_category, ensure_products
from assets.catalog.reference import USUAL_CATEGORIES
from assets.models import Category
from core.access import SYSTEM
from demonstration.actions.generate.bulk import Journal, Table, reset_sequences
from demonstration.plan.names import FIRST, LAST
from funding.actions import create_award, create_vendor
from funding.models import Award, Program, Vendor
from funding.seed import seed_reference
from people.actions.places import create_school
from people.models import Person, Room, School

ROOMS = 30
#: category, make, model, cost in cents, handed out to students
PRODUCTS = (
    ("Chromebook", "Acer", "Spin 512 R856", 41900, True),
    ("Chromebook", "Lenovo", "500e Gen 4", 39950, True),
    ("Tablet", "Apple", "iPad (10th generation)", 32900, True),
    ("Hotspot", "Inseego", "MiFi X Pro", 19900, True),
    ("Laptop", "Dell", "Latitude 5440", 118033, True),
    ("Interactive panel", "SMART", "RX275", 541500, False),
    ("Wireless access point", "Aruba", "AP-635", 71281, False),
    ("Document camera", "Elmo", "MX-P3", 41999, False),
    ("Kitchen equipment", "Vulcan", "VC44G", 1240000, False),
    ("Furniture", "Virco", "ZUMA table set", 38850, False),
)
AWARDS = (
    ("ARP-ESSER", "Generated ARP ESSER", "S425U210900", date(2021, 3, 24)),
    ("ESSER2", "Generated ESSER II", "S425D210900", date(2021, 1, 5)),
    ("IDEA-611", "Generated IDEA 611", "H027A240900", date(2024, 7, 1)),
    ("TITLE1", "Generated Title I", "S010A250900", date(2025, 7, 1)),
    ("LOCAL", "Generated general fund", "", None),
)


@dataclass
class Frame:
    """Ids of what is there to hang things on; `students` and `rooms` by school."""

    schools: list[int] = field(default_factory=list)
    rooms: dict[int, list[int]] = field(default_factory=dict)
    students: dict[int, list[int]] = field(default_factory=dict)
    awards: list[int] = field(default_factory=list)
    vendor: int = 0
    products: list[tuple[int, str, int, bool]] = field(default_factory=list)


def make_frame(assets: int, rng: random.Random) -> Frame:
    """Schools for about 2,500 things each, 30 rooms and a student for every 1.5 things."""
    frame = Frame()
    count = max(4, assets // 2500)
    start = School.objects.filter(code__startswith="G").count()
    for i in range(start, start + count):
        name = f"{rng.choice(LAST)} School {i + 1}"
        frame.schools.append(create_school(f"G{i + 1:04}", name, by=SYSTEM).pk)
    _people_and_rooms(frame, assets, rng)
    seed_reference()
    for code, name, fain, issued in AWARDS:
        award = Award.objects.filter(name=name).first() or create_award(
            by=SYSTEM,
            program=Program.objects.get(code=code),
            name=name,
            fain=fain,
            issued_on=issued,
            period_start=issued,
            title_holder="District",
            amount=Decimal(0) + 10**9,
        )
        frame.awards.append(award.pk)
    vendor = Vendor.objects.filter(name="Generated vendor").first()
    frame.vendor = (vendor or create_vendor("Generated vendor", by=SYSTEM)).pk
    _products(frame)
    return frame


def _people_and_rooms(frame: Frame, assets: int, rng: random.Random) -> None:
    rooms, people, journal = Table(Room), Table(Person), Journal()

    def room(school: int, code: str) -> int:
        row = rooms.add(school_id=school, building="Main", code=code)
        journal.tell("room.created", row, school_id=school, created=True)
        return int(row.pk)

    def student(school: int, grade: str) -> int:
        row = people.add(
            kind="student",
            local_id=f"g{people.next_id}",
            first_name=rng.choice(FIRST),
            last_name=rng.choice(LAST),
            grade=grade,
            school_id=school,
            salt=f"{rng.getrandbits(128):032x}",
        )
        journal.tell("person.added", row, school_id=school, created=True)
        return int(row.pk)

    each = max(30, assets * 2 // 3 // len(frame.schools))
    for school in frame.schools:
        frame.rooms[school] = [room(school, str(101 + i)) for i in range(ROOMS)]
        frame.students[school] = [student(school, str(i % 12 + 1)) for i in range(each)]
        if len(people.rows) > 20_000:
            for table in (rooms, people, journal):
                table.flush()
    for table in (rooms, people, journal):
        table.flush()
    reset_sequences([rooms, people])


def _products(frame: Frame) -> None:
    for name in {p[0] for p in PRODUCTS}:
        if not Category.objects.filter(name=name).exists():
            class_, months, icon = USUAL_CATEGORIES[name]
            create_category(
                name, by=SYSTEM, asset_class=class_, useful_life_months=months, icon=icon
            )
    categories = {c.name: c for c in Category.objects.all()}
    found = ensure_products(
        ((make, model, categories[c]) for c, make, model, *_x in PRODUCTS), by=SYSTEM
    )
    frame.products = [
        (found[make.lower(), model.lower()].pk, f"{make} {model}", cents, out)
        for _c, make, model, cents, out in PRODUCTS
    ]
