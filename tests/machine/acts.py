"""Each act, done by the real action and by the model: both refuse with the same codes, or do it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from assets import actions
from assets.models import Asset
from core.access import SYSTEM
from funding.actions import ShareDraft, reclassify, set_unit_cost, share_unit, void_unit
from tests.machine.beginning import New
from tests.machine.custody import READY
from tests.machine.district import Rows, approved, cents, codes_of, day, instant, maybe, register_as
from tests.machine.draw import Draw
from tests.machine.model import Model
from tests.machine.timeline import QUARTERS, Codes, Thing


class Acts:
    rows: Rows
    model: Model

    # which thing, which time

    def time(self, back: int | None) -> int | None:
        """So many quarters ago; odd ones on the morning of that day, as a page's date does, so
        that several things become true at one instant."""
        if back is None:
            return None
        time = self.model.now - back
        return time - time % QUARTERS if back > 0 and back % 2 else time

    def when(self, back: int | None) -> datetime | None:
        time = self.time(back)
        return None if time is None else instant(time)

    def pick(self, n: int, fit: Callable[[Thing], bool]) -> tuple[Asset, Thing]:
        """The n-th thing: seven times of eight one that fits, where there is one."""
        things = [t for t in self.model.things if n % 8 and fit(t)] or self.model.things
        thing = things[n // 8 % len(things)]
        return self.rows.assets[self.model.things.index(thing)], thing

    def free(self, thing: Thing) -> bool:
        return thing.loan is None and not self.model.closed(thing)

    def open(self, thing: Thing) -> bool:
        return not self.model.closed(thing)

    def stands(self, thing: Thing) -> bool:
        """Also what left stands for a thing."""
        return thing.merged_into is None and self.model.today(thing)["status"] != "void"

    def status(self, *among: str) -> Callable[[Thing], bool]:
        return lambda thing: self.model.today(thing)["status"] in among

    def room(self, n: int | None) -> Any:
        return None if n is None else self.rows.rooms[n]

    @staticmethod
    def agree(real: Codes, model: Codes) -> None:
        assert set(real) == set(model), f"refused with {real}, should be {model}"

    def possible(self, act: str, n: int) -> str:
        """The act, or seven times of eight the one that must come before it."""
        disposable = self.status("awaiting_disposal", "in_repair", "received")
        needs: dict[str, tuple[Callable[[Thing], bool], str]] = {
            "give_back": (lambda t: t.loan is not None, "assign"),
            "correct_custody": (lambda t: t.loan is not None, "assign"),
            "find": (self.status("missing"), "miss"),
            "dispose": (lambda t: disposable(t) and t.loan is None, "retire"),
            "reopen": (self.status("disposed"), "dispose"),
            "unmerge": (lambda t: t.merged_into is not None, "merge"),
        }
        while n % 8 and act in needs and not any(map(needs[act][0], self.model.things)):
            act = needs[act][1]
        return act

    # custody

    def register(self, d: Draw) -> None:
        n = d.room if d.other % 4 else None
        new = New(
            tag=d.tag or f"N{len(self.rows.assets)}",
            serial=d.serial or "",
            room=n,
            school=0 if n is None else self.model.school_of[n],
            unit=d.unit,
            status=d.new,
            legacy=d.legacy,
            holder=d.person if d.held else None,
            at=self.time(d.back),
            acquired=d.day,
            received=None if d.unit is not None else d.received,
            seen=d.seen,
            loaned=d.loaned if d.held or d.n % 8 == 0 else None,
            changed=d.changed,
        )
        real = codes_of(lambda: self.rows.assets.append(register_as(new, self.rows)))
        self.agree(real, self.model.register(new))

    def assign(self, d: Draw) -> None:
        asset, thing = self.pick(d.n, lambda t: t.loan is None and self.status(*READY)(t))
        to = self.rows.people[d.person]
        real = codes_of(lambda: actions.assign_asset(asset, to=to, by=SYSTEM, at=self.when(d.back)))
        self.agree(real, self.model.assign(thing, d.person, self.time(d.back)))

    def give_back(self, d: Draw) -> None:
        asset, thing = self.pick(d.n, lambda t: t.loan is not None)
        real = codes_of(
            lambda: actions.return_asset(
                asset,
                by=SYSTEM,
                room=self.room(d.room),
                condition=d.condition,
                at=self.when(d.back),
            )
        )
        model = self.model.give_back(thing, d.room, d.condition, self.time(d.back))
        self.agree(real, model)

    def move(self, d: Draw) -> None:
        asset, thing = self.pick(d.n, self.open)
        to = self.room(d.room or 0)
        real = codes_of(lambda: actions.move_asset(asset, to=to, by=SYSTEM, at=self.when(d.back)))
        self.agree(real, self.model.move(thing, d.room or 0, self.time(d.back)))

    def change_status(self, d: Draw, *statuses: str) -> None:
        asset, thing = self.pick(d.n, self.open if d.n % 3 else self.free)
        for status in statuses or (d.status,):
            real = codes_of(
                lambda to=status: actions.change_status(
                    asset, to=to, by=SYSTEM, at=self.when(d.back)
                )
            )
            self.agree(real, self.model.change_status(thing, status, self.time(d.back)))

    def miss(self, d: Draw) -> None:
        self.change_status(d, "missing")

    def retire(self, d: Draw) -> None:
        self.change_status(d, "surplus", "awaiting_disposal")

    def find(self, d: Draw) -> None:
        asset, thing = self.pick(d.n, self.status("missing"))
        real = codes_of(
            lambda: actions.find_again(
                asset, by=SYSTEM, room=self.room(d.room), at=self.when(d.back)
            )
        )
        self.agree(real, self.model.find(thing, d.room, self.time(d.back)))

    def see(self, d: Draw) -> None:
        asset, thing = self.pick(d.n, self.open)
        real = codes_of(
            lambda: actions.verify_asset(
                asset, by=SYSTEM, condition=d.condition, at=self.when(d.back)
            )
        )
        self.agree(real, self.model.see(thing, d.condition, self.time(d.back)))

    def dispose(self, d: Draw) -> None:
        ready = self.status("awaiting_disposal", "in_repair", "received")
        asset, thing = self.pick(d.n, lambda t: ready(t) and t.loan is None)
        on = self.model.now // QUARTERS - (d.back or 0) // QUARTERS
        real = codes_of(
            lambda: actions.dispose_asset(asset, by=SYSTEM, method=d.method, disposed_on=day(on))
        )
        self.agree(real, self.model.dispose(thing, d.method, on))

    # mistakes

    def correct_identity(self, d: Draw) -> None:
        asset, thing = self.pick(d.n, lambda t: t.merged_into is None)
        room = d.room if d.n % 4 == 1 else None
        self._correct(asset, thing, d, tag=d.tag, serial=d.serial, acquired=d.day, room=room)

    def correct_custody(self, d: Draw) -> None:
        held = d.room is None or d.n % 2
        asset, thing = self.pick(d.n, lambda t: t.loan is not None if held else self.open(t))
        self._correct(asset, thing, d, holder=d.person if held else None, room=d.room)

    def _correct(
        self,
        asset: Asset,
        thing: Thing,
        d: Draw,
        *,
        tag: str | None = None,
        serial: str | None = None,
        acquired: int | None = None,
        holder: int | None = None,
        room: int | None = None,
    ) -> None:
        real = codes_of(
            lambda: actions.correct_asset(
                asset,
                by=SYSTEM,
                reason=d.reason,
                tag=tag,
                serial=serial,
                acquired_on=maybe(acquired),
                room=self.room(room),
                holder=None if holder is None else self.rows.people[holder],
                at=self.when(d.back),
            )
        )
        model = self.model.correct(
            thing,
            reason=d.reason.strip(),
            tag=tag,
            serial=serial,
            acquired=acquired,
            holder=holder,
            room=room,
            at=self.time(d.back),
        )
        self.agree(real, model)

    def merge(self, d: Draw) -> None:
        loser, thing = self.pick(d.n, self.free if d.n % 3 else self.stands)
        fit = self.open if d.other % 3 else self.stands
        winner, other = self.pick(d.other, lambda t: t is not thing and fit(t))
        real = codes_of(
            lambda: actions.merge_assets(loser, into=winner, by=SYSTEM, reason=d.reason)
        )
        self.agree(real, self.model.merge(thing, other, d.reason.strip()))

    def unmerge(self, d: Draw) -> None:
        asset, thing = self.pick(d.n, lambda t: t.merged_into is not None)
        real = codes_of(lambda: actions.unmerge_assets(asset, by=SYSTEM, reason=d.reason))
        self.agree(real, self.model.unmerge(thing, d.reason.strip()))

    def void(self, d: Draw) -> None:
        asset, thing = self.pick(d.n, self.free)
        real = codes_of(lambda: actions.void_asset(asset, by=SYSTEM, reason=d.reason))
        self.agree(real, self.model.void(thing, d.reason.strip()))

    def reopen(self, d: Draw) -> None:
        asset, thing = self.pick(d.n, self.status("disposed"))
        to = ("surplus", "surplus", "in_stock", "lost")[d.other % 4]
        real = codes_of(lambda: actions.reopen_disposal(asset, by=SYSTEM, reason=d.reason, to=to))
        self.agree(real, self.model.reopen(thing, to, d.reason.strip()))

    # money

    def drafts(self, amounts: dict[int, int]) -> list[ShareDraft]:
        return [ShareDraft(self.rows.awards[n], amount=cents(c)) for n, c in amounts.items()]

    def pay(self, d: Draw) -> None:
        """Awards pay amounts of each of some units; sometimes a second person says so, too."""
        amounts = {n: c for n, c in enumerate((d.first, d.second)) if c is not None}
        numbers = sorted(d.units)
        if d.n % 8 == 0:  # one line at a time; units of several are refused
            line = self.model.units[numbers[0]].line
            numbers = [n for n in numbers if self.model.units[n].line == line]
        units, drafts = [self.rows.units[n] for n in numbers], self.drafts(amounts)
        if d.n % 4 == 0:
            real = codes_of(lambda: approved(self.rows, units, drafts, d.reason, self.when(d.back)))
            model = self.model.propose(numbers, amounts, self.time(d.back), d.reason.strip())
        elif d.n % 4 == 1:
            numbers = numbers[:1]
            real = codes_of(
                lambda: share_unit(units[0], drafts, by=SYSTEM, at=None, reason="Audit")
            )
            model = self.model.say(numbers[0], amounts)
        else:
            real = codes_of(
                lambda: reclassify(units, drafts, by=SYSTEM, reason="Audit", at=self.when(d.back))
            )
            model = self.model.pay(numbers, amounts, self.time(d.back))
        self.agree(real, model)

    def change(self, d: Draw) -> None:
        """Which money bought it, or when it came, learned late or put right."""
        asset, thing = self.pick(d.n, self.open)
        unit = None if d.unit is None else self.rows.units[d.unit]
        acquired = d.day if d.n % 4 == 0 else thing.acquired
        real = codes_of(
            lambda: actions.change_asset(asset, by=SYSTEM, unit=unit, acquired_on=maybe(acquired))
        )
        self.agree(real, self.model.change(thing, d.unit, acquired))

    def cost(self, d: Draw) -> None:
        n = min(d.units)
        unit, reason = self.rows.units[n], "Invoice"
        real = codes_of(lambda: set_unit_cost(unit, cents(d.cost), by=SYSTEM, reason=reason))
        self.agree(real, self.model.cost(n, d.cost))

    def void_unit(self, d: Draw) -> None:
        n = min(d.units) if d.n % 4 == 0 else len(self.rows.units) - 1
        real = codes_of(lambda: void_unit(self.rows.units[n], by=SYSTEM, reason="Never came"))
        self.agree(real, self.model.void_unit(n))
