"""What the register promises of rows that are one thing: when it was seen, in which order its days
are, and on which of them its money stands."""

from tests.machine.belonging import Belonging
from tests.machine.timeline import QUARTERS, Codes, Thing, believed

#: Who says this of a thing has it at hand.
HERE = ("received", "in_stock", "in_use", "in_repair", "in_transit")


class ThingRows(Belonging):
    """A district whose things may be several rows."""

    def merged_into(self, thing: Thing) -> list[Thing]:
        """What was merged into a thing, and into that."""
        index = self.things.index(thing)
        rows = [t for t in self.things if t.merged_into == index]
        return rows + [t for row in rows for t in self.merged_into(row)]

    def rows_of(self, *things: Thing) -> list[Thing]:
        """All rows of these."""
        return [row for thing in things for row in (thing, *self.merged_into(thing))]

    def seen(self, thing: Thing) -> int | None:
        """The last day on which it was seen, as any row of it."""
        return max(
            (x for t in (thing, *self.merged_into(thing)) for x in t.sightings), default=None
        )

    def order(
        self,
        acquired: int | None,
        received: int | None,
        seen: int | None,
        *,
        last: dict[str, int | None] | None = None,
        there: int | None = None,
        **befell: int | None,
    ) -> Codes:
        """Acquired <= received <= seen; acquired, else received <= whatever befell it; nothing
        after it left; all of it <= today."""
        told = {"received": received, "seen": seen, **befell}
        codes = [
            "in-the-future" for x in (acquired, *told.values()) if x is not None and x > self.day
        ]
        if acquired is not None:
            codes += [
                f"{n}-before-acquired" for n, x in told.items() if x is not None and x < acquired
            ]
        elif received is not None:
            early = {n: befell.get(n) for n in ("loaned", "changed")}
            codes += [
                f"{n}-before-received" for n, x in early.items() if x is not None and x < received
            ]
        if received is not None and seen is not None and seen < received:
            codes += ["seen-before-received"] if acquired is None or seen >= acquired else []
        left = befell.get("disposed")
        came = {"there": there, "received": received} if acquired is None else {}
        if left is not None:
            last = last or {}
            told = came | last | {"seen": seen if last.get("seen") is None else last["seen"]}
            codes += [f"disposed-before-{n}" for n, x in told.items() if x is not None and left < x]
        return codes

    def last_known(self, rows: list[Thing]) -> dict[str, int | None]:
        """When a thing that is all of these rows was seen, handed out, checked in, put into a room,
        said to be here and its condition noted the last time."""
        loans = [x for t in rows for x in t.loans if x.was]
        facts = [f for t in rows for f in believed(t.facts, None)]
        # What it began with, and what a loan tells, is no word of its own.
        told = [f for f in facts if "holder" not in f.values]
        moved = [f.at for f in told if f.values.get("room") is not None]
        here = [
            f.at
            for f in told
            if f.values.get("status") in HERE and f.values.get("place") != "unplaced"
        ]
        states = [(t.noted, self.today(t)) for t in rows]
        noted = [x for x, s in states if s["condition"] and s["status"] != "disposed"]
        return {
            "noted": max((x for x in noted if x is not None), default=None),
            "seen": max((x for t in rows for x in t.sightings), default=None),
            **{
                name: max((x // QUARTERS for x in times), default=None)
                for name, times in {
                    "loaned": [x.opened for x in loans],
                    "returned": [x.closed for x in loans if x.closed is not None],
                    "moved": moved,
                    "here": here,
                }.items()
            },
        }

    def carriers(self, thing: Thing, but: Thing | None = None) -> list[tuple[Thing, int | None]]:
        """The rows that its money stands on: today's, since another brought it by a merge; that
        one before; and so on. `but`: a row that is merged no more."""
        index = self.things.index(thing)
        losers = [t for t in self.things if t.merged_into == index and t is not but]
        brought = [t for t in losers if "unit" in t.gave]
        if not brought:
            return [(thing, None)]
        last = max(brought, key=lambda t: t.gave["turn"])
        return [(thing, last.gave["at"]), *self.carriers(last)]

    def bought_by(self, thing: Thing, unit: int | None, but: Thing | None = None) -> None:
        """That money bought it from the beginning; before a merge it is on the row that brought
        it."""
        for row, since in self.carriers(thing, but):
            for n, fact in enumerate(row.facts):
                told = fact.bought_by(unit, since, self.now)
                if fact.gone is None and told.values != fact.values:
                    fact.gone = self.now
                    row.facts.insert(n + 1, told)

    def before_merge(self, thing: Thing, at: int) -> bool:
        """Whether the money of a thing was on another row on that day."""
        since = self.carriers(thing)[0][1]
        return since is not None and at // QUARTERS < since // QUARTERS

    def money_since(self, thing: Thing) -> list[int]:
        """The days on which a thing that was paid for came, as its money tells it."""
        unit = self.today(thing)["unit"]
        if unit is None:
            return []
        if thing.acquired is not None:
            return [thing.acquired]
        row, paid = self.paid_first(thing), self.units[unit]
        first = row.first().at // QUARTERS
        return [first, first if row.acquired is not None or not paid.dated else paid.received]

    def paid_first(self, thing: Thing) -> Thing:
        """The row that its money stood on first."""
        return thing if self.today(thing)["unit"] is None else self.carriers(thing)[-1][0]
