"""What the register promises of two rows for one thing, and of what never was.

Each act returns the codes of its refusal, none when it was done.
"""

from tests.machine.custody import Custody
from tests.machine.timeline import QUARTERS, Codes, Fact, Thing, believed, morning, nowhere, whole

#: How far gone a thing is.
GONE = {"missing": 1, "lost": 2, "stolen": 2, "disposed": 3}


def as_gone(said: str, gone: str) -> bool:
    return said == gone if "disposed" in (said, gone) else said in GONE


class Mistakes(Custody):
    """What may be merged, be two again, or be void."""

    turn = 0  # of merges

    @whole
    def merge(self, loser: Thing, winner: Thing, reason: str) -> Codes:
        if not reason:
            return ["reason-missing"]
        if loser is winner:
            return ["merge-itself"]
        codes = [
            "merged"
            for t in (loser, winner)
            if t.merged_into is not None or self.today(t)["status"] == "void"
        ]
        if self.today(loser)["holder"] is not None:
            codes.append("assigned")
        codes += self._gone(loser, winner)
        unit, other = self.today(loser)["unit"], self.today(winner)["unit"]
        if unit is not None and other is not None:
            codes.append("both-paid")
        if not codes:
            codes = self._unsettled(loser, winner, other if unit is None else unit)
        if not codes:
            self.turn += 1
            taken = self._gaps(loser, winner)
            loser.gave = {
                "at": self.now,
                "turn": self.turn,
                "was": believed(loser.facts, None),
                "under": [(t, believed(t.facts, None)) for t in self.merged_into(loser)],
                "began": winner.first(),
            }
            if "acquired" in taken:
                winner.acquired = loser.acquired
                self.came(winner)
            if unit is not None:
                loser.gave["unit"] = unit
                self._happens(winner, None, unit=unit)
            if loser.serial and not winner.serial:
                loser.gave["serial"] = winner.serial = loser.serial
            loser.gave["taken"] = taken
            if "condition" in taken:
                self._happens(winner, None, condition=self.today(loser)["condition"])
                winner.noted = loser.noted
            loser.merged_into = self.things.index(winner)
            self._happens(loser, None, status="void", holder=None, unit=None, **nowhere("closed"))
        return codes

    def _gone(self, loser: Thing, winner: Thing) -> Codes:
        """What left or is missing goes into nothing that says less of that."""
        one, other = self.today(loser)["status"], self.today(winner)["status"]
        if one == other == "disposed":
            days = loser.left not in (None, winner.left)
            return ["disposed-otherwise"] if days or loser.method not in ("", winner.method) else []
        far, less = GONE.get(one, 0), GONE.get(other, 0)
        other_way = one != other != "void" and far and far >= less
        return ["gone-otherwise"] if other_way else []

    def _acquired_then(self, loser: Thing, winner: Thing) -> int | None:
        """When what results was acquired: as what stays says, else the other, where that moves no
        money and is in order."""
        day, unit = loser.acquired, self.today(winner)["unit"]
        if winner.acquired is not None or day is None or self.today(loser)["unit"] is not None:
            return day if winner.acquired is None else winner.acquired
        rows = self.rows_of(loser, winner)
        moves = any(x != day for x in self.money_since(winner))
        return None if moves or self.out_of_order(rows, day, unit) else day

    def _unsettled(self, loser: Thing, winner: Thing, unit: int | None) -> Codes:
        """What would be out of order, or move money."""
        day = self._acquired_then(loser, winner)
        codes = self.out_of_order(self.rows_of(loser, winner), day, unit)
        if day is not None and any(x != day for x in self.money_since(loser)):
            codes.append("acquired-differs")
        return codes + self._here_with_money(loser, winner)

    def _here_with_money(self, loser: Thing, winner: Thing) -> Codes:
        """What carries the money was gone on each past day since which the row that stays is."""
        unit = self.today(loser)["unit"]
        if unit is None or self.today(winner)["status"] not in GONE:
            return []
        last = self.today(winner)["status"]
        for day in range(self.day - 1, -100, -1):
            night = morning(day + 1) - 1
            state = winner.state(night)
            if state is None or state["status"] not in GONE:
                return self._says_less(loser, winner, last)
            for row in self.rows_of(loser):
                said = row.state(night)
                if said and said["unit"] == unit and not as_gone(said["status"], last):
                    return ["gone-before-merge"]
        return []

    def _says_less(self, loser: Thing, winner: Thing, last: str) -> Codes:
        if not self.today(loser)["status"] == last == "disposed":
            return []
        days = winner.left not in (None, loser.left)
        more = days or winner.method not in ("", loser.method)
        return ["disposed-otherwise"] if more else []

    def _gaps(self, loser: Thing, winner: Thing) -> list[str]:
        """What only the row that goes says."""
        found = []
        if self.today(loser)["condition"] and not self.today(winner)["condition"]:
            found.append("condition")
        days = (loser.acquired, winner.acquired)
        only = days[0] is not None and days[1] is None
        if only and self._acquired_then(loser, winner) is not None:
            found.append("acquired")
        return found

    @whole
    def unmerge(self, loser: Thing, reason: str) -> Codes:
        if not reason:
            return ["reason-missing"]
        if loser.merged_into is None:
            return ["not-merged"]
        winner = self.things[loser.merged_into]
        if winner.merged_into is not None:
            return ["merged"]
        serial_back = "serial" in loser.gave and winner.serial == loser.gave["serial"]
        others = (t for t in self.things if t is not winner or not serial_back)
        if loser.serial and any(
            t.serial == loser.serial and t.merged_into is None and self.today(t)["status"] != "void"
            for t in others
        ):
            return ["serial-taken"]
        was, unit = loser.gave["was"], loser.gave.get("unit")
        rows = self.carriers(winner)
        brought = len(rows) > 1 and rows[1][0] is loser
        paid = self.today(winner)["unit"]
        had = self.paid_first(winner).first().at
        comes = (brought and paid == unit) or not self.used_unit(unit)
        if unit is None or not comes or self.units[unit].voided:
            unit = None
        if brought:
            self.bought_by(winner, None if paid == unit else paid, but=loser)
        if serial_back:
            winner.serial = ""
        dated = self._unsay(winner, loser)
        began, under = loser.gave["began"], loser.gave["under"]
        loser.merged_into, loser.gave = None, {}
        self._stands_again(loser, was)
        for row, facts in under:
            self._stands_again(row, facts)
            row.was = []
        self.bought_by(loser, unit)
        for thing in (winner, loser) if brought else (loser,):
            row, mine = self.paid_first(thing), self.today(thing)["unit"]
            self.paid_as(thing, row, row.first().at, had if mine == paid else None)
        if dated and winner.first().at // QUARTERS == loser.acquired:
            void = self.today(winner)["status"] == "void"
            if void or not self.begins_again(winner, began):
                self.came(winner)
        self.is_of_this_alone(unit, loser)
        return []

    def _unsay(self, winner: Thing, loser: Thing) -> bool:
        """It does not say any more what the other alone had said; whether that was its day."""
        taken = loser.gave["taken"]
        if "condition" in taken and self.today(winner)["status"] != "void":
            both = [(self.today(t)["condition"], t.noted) for t in (winner, loser)]
            winner.noted = None if both[0] == both[1] else winner.noted
            self._happens(winner, loser.gave["at"], condition="")
        if "acquired" in taken and winner.acquired == loser.acquired:
            winner.acquired = None
        return "acquired" in taken and winner.acquired is None

    def _stands_again(self, thing: Thing, was: list[Fact]) -> None:
        """On each day as was believed once."""
        for fact in believed(thing.facts, None):
            fact.gone = self.now
        thing.facts += [fact.again(self.now) for fact in was]

    @whole
    def void(self, thing: Thing, reason: str) -> Codes:
        if not reason:
            return ["reason-missing"]
        codes = self.closed(thing)
        if codes == ["closed"] and thing.legacy and self.today(thing)["status"] == "disposed":
            codes = []  # disposed before this register
        if not codes and self.today(thing)["holder"] is not None:
            codes = ["assigned"]
        if not codes:
            thing.left = None
            unit, before = self.today(thing)["unit"], self.paid_first(thing).first().at
            self._never_was(thing)
            for row in self.merged_into(thing):
                row.was = believed(row.facts, None)
                self._never_was(row)
            self.let_go(unit, before)
        return codes

    def _never_was(self, thing: Thing) -> None:
        """As known from now on it is void since its first day."""
        void = {"status": "void", "holder": None, "unit": None, **nowhere("closed")}
        start, state = thing.first().at, self.today(thing)
        for fact in believed(thing.facts, None):
            fact.gone = self.now
        thing.facts.append(Fact(self.now, start, {**state, **void}))
