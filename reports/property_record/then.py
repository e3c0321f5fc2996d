"""Names, terms and identities as they were known at an instant: R1 prints what one could know then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from assets.models import Asset, Category, Product
from core import days
from core.models import District
from core.remembered import Earlier, earlier, earlier_parts
from funding.models import Award, Program, Purchase, PurchaseLine, Unit
from people.models import Person, Room, School

#: Entries that may change what R1 prints of a thing's own columns.
OF_ASSETS = (
    "asset.changed", "asset.corrected", "asset.absorbed", "asset.separated", "asset.verified",
    "asset.returned", "asset.condition_noted", "note.blanked",
)  # fmt: skip


class Then:
    """What was known otherwise than it is now; nothing where nothing was recorded since."""

    def __init__(self, known_at: datetime) -> None:
        self.known_at = known_at
        self.awards = earlier(
            Award, known_at, "name", "fain", "frn", "aln", "pass_through", "subaward_number",
            "title_holder", "program", "amount",
        )  # fmt: skip
        self.programs = earlier(Program, known_at, "name", "aln", "family")
        self.products = earlier(Product, known_at, "category", "make", "model")
        self.categories = earlier(Category, known_at, "name", "useful_life_months", "asset_class")
        self.schools = earlier(School, known_at, "name")
        self.rooms = earlier(Room, known_at, "building", "code", "custodian")
        self.purchases = earlier(Purchase, known_at, "number", "ordered_on")
        self.lines = earlier_parts(PurchaseLine, Purchase, known_at, "invoice_number")
        self.units = earlier(
            Unit, known_at, "cost", "received_on", kinds=("unit.cost_set", "unit.paid_from")
        )
        self.assets = earlier(
            Asset, known_at, "tag", "serial", "product", "acquired_on", "title_holder", "use",
            "condition", "condition_on", "description", kinds=OF_ASSETS,
        )  # fmt: skip
        #: Only this act says anew who is staff (people.actions.roster).
        self.people = earlier(Person, known_at, "kind", kinds=("person.changed",))
        self.districts = earlier(District, known_at, "name", "uei", "ben", "time_zone")

    @contextmanager
    def days(self) -> Iterator[District]:
        """Inside, days begin and end in the time zone that the district had; gives the district."""
        district = self.districts.of(District.objects.get())
        with days.remembering_zone():
            days.remember_zone(district.time_zone)
            yield district

    def award(self, award: Award) -> Award:
        """An award with its program."""
        then = self.awards.of(award)
        if then.program_id != award.program_id:
            then.program = Program.objects.get(pk=then.program_id)
        program = self.programs.of(then.program)
        if program is not then.program:
            then = then if then is not award else self._copy(award)
            then.program = program
        return then

    @staticmethod
    def _copy(award: Award) -> Award:
        return Earlier({award.pk: {"name": award.name}}).of(award)

    def untold(self, award: Award) -> int:
        """Of how many records nobody can tell how they were then: the register was upgraded since,
        and wrote them down later."""
        named = (
            self.programs,
            self.products,
            self.categories,
            self.schools,
            self.rooms,
            self.purchases,
        )
        return (award.pk in self.awards.untold) + sum(len(x.untold) for x in (*named, self.assets))
