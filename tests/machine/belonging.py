"""Which unit stands for which thing, on each day, and since when its money is there."""

from tests.machine.timeline import QUARTERS, Fact, Thing, Unit, Values, morning


class Belonging:
    """A district: things and units."""

    def __init__(
        self, now: int, school_of: dict[int, int], inactive: int, units: list[Unit], federal: int
    ) -> None:
        self.now = now
        self.school_of = school_of  # room -> school
        self.inactive = inactive  # the person who left
        self.things: list[Thing] = []
        self.units = units
        self.federal = federal  # the award whose money nobody moves alone

    @property
    def day(self) -> int:
        return self.now // QUARTERS

    def today(self, thing: Thing) -> Values:
        found = thing.state(self.now)
        assert found is not None
        return found

    def leads_to(self, thing: Thing) -> Thing:
        """The thing that stands for it now."""
        while thing.merged_into is not None:
            thing = self.things[thing.merged_into]
        return thing

    def is_of_this_alone(self, unit: int | None, thing: Thing) -> int | None:
        """What else a unit stood for before it was merged is told without it; not what is this
        thing by now. Since when such a one had it."""
        if unit is None:
            return None
        had = []
        for other in self.things:
            if self.leads_to(other) is thing:
                continue
            for n, fact in enumerate(other.facts):
                if fact.gone is None and fact.values.get("unit") == unit:
                    had.append(fact.at)
                    fact.gone = self.now
                    told = Fact(self.now, fact.at, fact.values | {"unit": None}, listed=fact.listed)
                    other.facts.insert(n + 1, told)
        return min(had, default=None)

    def had_since(self, unit: int) -> int | None:
        """The first time at which a thing stood for it."""
        times = {f.at for t in self.things for f in t.facts}
        return min(
            (x for x in times for t in self.things if (t.state(x) or {}).get("unit") == unit),
            default=None,
        )

    def let_go(self, unit: int | None, before: int) -> None:
        """A thing that was there since `before` has let go of a unit: the money is as old as the
        receipt again."""
        if unit is not None:
            self.units[unit].given_back(self.now, before, self.had_since(unit))

    def paid_as(self, thing: Thing, row: Thing, start: int, before: int | None) -> None:
        """The money of a thing's unit begins with the row of it that it stood on first."""
        unit = self.today(thing)["unit"]
        if unit is not None:
            paid = self.units[unit]
            known = thing.acquired is not None or row.acquired is not None or not paid.dated
            paid.paid_from(self.now, start if known else morning(paid.received), before)
