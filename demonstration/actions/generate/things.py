"""The things themselves: one believable life each, in rows that agree with one another."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from assets.models import Asset, AssetSpan, Assignment, Verification
from assets.models.keys import tag_order
from core.journal.writing import touched
from core.time import days
from demonstration.actions.generate.bulk import Journal, Table, reset_sequences
from demonstration.actions.generate.frame import Frame
from demonstration.plan.days import Year, at
from funding.models import Purchase, PurchaseLine, Unit, UnitShare

PER_PURCHASE = 250


def _money(cents: int) -> Decimal:
    return Decimal(cents) / 100


class Writer:
    """Buffers and writes batches. Lives: in a room since it came; or handed out in August, some
    checked in again in June and of those some handed out the next fall."""

    def __init__(self, frame: Frame, rng: random.Random, one_award: bool) -> None:
        self.frame, self.rng, self.one_award = frame, rng, one_award
        year = Year.told()
        self.now = days.now()
        came = (date(2021, 9, 1) + timedelta(days=37 * i) for i in range(38))
        self.came = [(day, at(day), at(day, 12)) for day in came]
        self.august, self.june = at(year.day(8, 20)), at(year.day(6, 9))
        self.fall = at(year.day(8, 19, 1))
        self.counted, self.counted_on = at(year.day(1, 20)), year.day(1, 20)
        self.purchases, self.lines, self.units = Table(Purchase), Table(PurchaseLine), Table(Unit)
        self.shares, self.assets, self.spans = Table(UnitShare), Table(Asset), Table(AssetSpan)
        self.assignments, self.sightings = Table(Assignment), Table(Verification)
        self.journal = Journal()
        # Parents first: PostgreSQL checks references at commit, SQLite too, but it reads better.
        self.tables: list[Table[Any]] = [
            self.purchases,
            self.lines,
            self.units,
            self.shares,
            self.assets,
            self.spans,
            self.assignments,
            self.sightings,
        ]

    def write(self, count: int) -> None:
        """Write `count` things inside the caller's transaction."""
        while count:
            quantity = min(PER_PURCHASE, count)
            self._purchase(quantity)
            count -= quantity
        for table in self.tables:
            table.flush()
        self.journal.flush()

    def finish(self) -> None:
        """Let the database hand out ids again."""
        reset_sequences(self.tables)

    def _purchase(self, quantity: int) -> None:
        rng, frame = self.rng, self.frame
        product, text, cents, handed_out = rng.choice(frame.products)
        came = rng.choice(self.came)
        pk = self.purchases.next_id
        purchase = self.purchases.add(
            number=f"G-{pk}", vendor_id=frame.vendor, ordered_on=came[0] - timedelta(days=40)
        )
        line = self.lines.add(
            purchase=purchase,
            number=1,
            kind="ordered",
            description=text,
            quantity=quantity,
            amount=_money(cents * quantity),
            invoice_number=f"GI-{pk}",
            invoice_on=came[0],
        )
        self.journal.tell(
            "purchase.recorded", purchase, at=came[1], created=True, rows=[line], data={"lines": 1}
        )
        first = frame.awards[0] if self.one_award else rng.choice(frame.awards[:-1])
        parts = [(first, cents)]
        if rng.random() < 0.3:
            federal = cents * 80 // 100
            parts = [(first, federal), (frame.awards[-1], cents - federal)]
        school = rng.choice(frame.schools)
        for number in range(1, quantity + 1):
            unit = self._unit(line, number, cents, parts, came)
            self._thing(product, school, unit, came, handed_out)

    def _unit(
        self,
        line: PurchaseLine,
        number: int,
        cents: int,
        parts: list[tuple[int, int]],
        came: tuple[date, datetime, datetime],
    ) -> Unit:
        unit = self.units.add(line=line, number=number, cost=_money(cents), received_on=came[0])
        shares = [
            self.shares.add(
                unit=unit,
                award_id=award,
                amount=_money(amount),
                number=n,
                valid_from=came[1],
                known_from=self.now,
            )
            for n, (award, amount) in enumerate(parts, start=1)
        ]
        paid = {str(share.award_id): str(share.amount) for share in shares}
        self.journal.tell(
            "unit.received",
            unit,
            at=came[1],
            created=True,
            rows=shares,
            changes={"shares": ({}, paid)},
        )
        return unit

    def _thing(
        self,
        product: int,
        school: int,
        unit: Unit,
        came: tuple[date, datetime, datetime],
        handed_out: bool,
    ) -> None:
        rng = self.rng
        pk = self.assets.next_id
        tag, serial = f"g{pk:07}", f"sn{pk:08x}" if rng.random() < 0.99 else ""
        room = rng.choice(self.frame.rooms[school])
        seen = rng.random() < 0.8
        life = rng.random() if handed_out else 1.0
        asset = self.assets.add(
            tag=tag.upper(),
            tag_key=tag,
            tag_order=tag_order(tag),
            serial=serial.upper(),
            serial_key=serial,
            product_id=product,
            school_id=school,
            status="in_stock",
            place="room",
            room_id=room,
            home_room_id=room,
            condition="good",
            condition_on=came[0],
            unit=unit,
            acquired_on=came[0],
            title_holder="District",
            use="Instruction",
            registered_at=self.now,
        )
        span = self._span(asset, came[2], "*", 1)
        self.journal.tell(
            "asset.registered", asset, school_id=school, at=came[2], created=True, rows=[span]
        )
        if seen:
            self._sighting(asset, room)
        if life >= 0.85:
            return
        student = rng.choice(self.frame.students[school])
        span, loan = self._hand_out(asset, span, student, self.august)
        if life >= 0.4:
            return
        span = self._take_in(asset, span, loan, room, self.june)
        if life < 0.25:
            self._hand_out(asset, span, rng.choice(self.frame.students[school]), self.fall)

    def _span(self, asset: Asset, start: datetime, sets: str, number: int) -> AssetSpan:
        state = {name: getattr(asset, name) for name in AssetSpan.fields}
        return self.spans.add(
            asset=asset, valid_from=start, known_from=self.now, sets=sets, number=number, **state
        )

    def _sighting(self, asset: Asset, room: int) -> None:
        sighting = self.sightings.add(
            asset=asset,
            seen_at=self.counted,
            recorded_at=self.counted,
            room_id=room,
            method="count",
        )
        asset.last_verified_on = self.counted_on
        self.journal.tell(
            "asset.verified",
            asset,
            school_id=asset.school_id,
            at=self.counted,
            rows=[sighting],
            changes={"last_verified_on": (None, self.counted_on)},
            data={"room": room, "method": "count"},
        )

    def _hand_out(
        self, asset: Asset, span: AssetSpan, student: int, when: datetime
    ) -> tuple[AssetSpan, Assignment]:
        number = asset.version + 1
        loan = self.assignments.add(asset=asset, number=number, person_id=student, opened_at=when)
        told = self._become(
            asset, status="in_use", place="person", room=None, person=student, holder=student
        )
        return self._act("asset.assigned", asset, span, when, told, rows=[loan]), loan

    def _take_in(
        self, asset: Asset, span: AssetSpan, loan: Assignment, room: int, when: datetime
    ) -> AssetSpan:
        holder = asset.holder_id
        told = self._become(
            asset, status="in_stock", place="room", room=room, person=None, holder=None
        )
        loan.closed_at = when
        ended = touched(loan, closed_at=(None, when))
        return self._act(
            "asset.returned", asset, span, when, told, touched=[ended], data={"person": holder}
        )

    def _become(self, asset: Asset, **state: Any) -> dict[str, tuple[Any, Any]]:
        told = {}
        for name, value in state.items():
            attname = name if name in ("status", "place") else f"{name}_id"
            told[name] = (getattr(asset, attname), value)
            setattr(asset, attname, value)
        asset.version += 1
        return told

    def _act(
        self,
        kind: str,
        asset: Asset,
        span: AssetSpan,
        when: datetime,
        told: dict[str, tuple[Any, Any]],
        rows: Any = (),
        **more: Any,
    ) -> AssetSpan:
        """A change of state: the span that was open ends, another begins, an entry tells both."""
        span.valid_to, span.closed_known = when, self.now
        ended = touched(span, valid_to=(None, when), closed_known=(None, self.now))
        new = self._span(asset, when, _SETS, span.number + 1)
        more["touched"] = [ended, *more.get("touched", ())]
        self.journal.tell(
            kind, asset, school_id=asset.school_id, at=when, changes=told, rows=[new, *rows], **more
        )
        return new


_SETS = "container_id,holder_id,person_id,place,room_id,status"
