"""Names, terms and identities as they were known at an instant: R1 prints what one could know
then."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import date, datetime

from assets.models import Asset, Category, Product
from core.journal.remembered import cannot_tell, earlier, earlier_parts
from core.models import District, Entry
from core.models.entry import BASELINE
from core.time import days
from funding.models import Award, Program, Purchase, PurchaseLine, Unit
from funding.rules.text import FACTS
from people.models import Person, Room, School

#: By table (an attribute of `Then`) the keys of records that a report prints something of.
Printed = Mapping[str, set[int]]


class Then:
    """What was known otherwise than it is now; nothing where nothing was recorded since."""

    def __init__(self, known_at: datetime) -> None:
        self.known_at = known_at
        self.awards = earlier(
            Award,
            known_at,
            "name",
            "fain",
            "frn",
            "aln",
            "pass_through",
            "subaward_number",
            "title_holder",
            "program",
            "amount",
            "equipment_threshold",
            *FACTS,
        )
        self.programs = earlier(Program, known_at, "name", "family")
        self.products = earlier(Product, known_at, "category", "make", "model")
        self.categories = earlier(Category, known_at, "name", "useful_life_months", "asset_class")
        self.schools = earlier(School, known_at, "name")
        self.rooms = earlier(Room, known_at, "building", "code", "custodian")
        self.purchases = earlier(Purchase, known_at, "number")
        self.lines = earlier_parts(PurchaseLine, Purchase, known_at, "number", "invoice_number")
        self.units = earlier(Unit, known_at, "number", "cost", "received_on", "listed_on")
        self.assets = earlier(
            Asset,
            known_at,
            "tag",
            "serial",
            "product",
            "acquired_on",
            "title_holder",
            "use",
            "condition",
            "condition_on",
            "description",
            "merged_into",
        )
        self.people = earlier(Person, known_at, "kind")
        self.districts = earlier(District, known_at, "name", "uei", "ben", "time_zone")

    @contextmanager
    def days(self) -> Iterator[District]:
        """Inside, days begin and end in the time zone that the district had; gives the district."""
        now = District.objects.get()
        told = self.districts.values.get(now.pk, {})
        with days.remembering_zone():
            # Where nobody can tell the zone, today's it is: a day needs one.
            days.remember_zone(told.get("time_zone", now.time_zone))
            yield self.districts.of(now)

    def award(self, award: Award) -> Award:
        """An award with its program."""
        then = self.awards.of(award)
        program = award.program
        if then.program_id != award.program_id:
            program = Program.objects.get(pk=then.program_id)
        program = self.programs.of(program)
        untold = self.awards.untold.get(award.pk, ())
        if "program" in untold:
            program = copy(program)
            program.name = cannot_tell()
        if program is not award.program:
            then = then if then is not award else copy(award)
            then.program = program
        if "amount" in untold:
            then.amount = None
        return then

    def registered(self, award: Award) -> date | None:
        """The day on which an award came into the register, where that was not known yet; None
        where it stood there, and where an upgrade wrote it down (`untold`)."""
        first = Entry.objects.of(award).order_by("pk").first()
        if first is None or first.recorded_at <= self.known_at or BASELINE in first.kind:
            return None
        return days.local_date(first.recorded_at)

    def untold(self, printed: Printed) -> int:
        """Of how many of these records nobody can tell all that is printed: the register was
        upgraded since, and wrote them down later."""
        return sum(len(pks & getattr(self, of).untold.keys()) for of, pks in printed.items())
