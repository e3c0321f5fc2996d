"""The things themselves: one believable life each, in rows that agree with one another."""

import random
from datetime import date, timedelta
from typing import Any

from assets.models import Asset, AssetSpan, Assignment, Verification
from core import days
from core.models import Entry
from demonstration.actions.generate.bulk import Table, reset_sequences, stamp
from demonstration.actions.generate.frame import Frame
from demonstration.plan.days import Year, at
from funding.models import Purchase, PurchaseLine, Unit, UnitShare

PER_PURCHASE = 250


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


class Writer:
    """Buffers and writes batches. Lives: in a room since it came; or handed out in August, some
    checked in again in June and of those some handed out the next fall."""

    def __init__(self, frame: Frame, rng: random.Random, one_award: bool) -> None:
        self.frame, self.rng, self.one_award = frame, rng, one_award
        year = Year.told()
        iso = stamp()
        self.now = iso(days.now())
        self.came = [
            (d, str(d), iso(at(d)), iso(at(d, 12)))
            for d in (date(2021, 9, 1) + timedelta(days=37 * i) for i in range(38))
        ]
        self.august, self.june = iso(at(year.day(8, 20))), iso(at(year.day(6, 9)))
        self.fall = iso(at(year.day(8, 19, 1)))
        self.count, self.counted = iso(at(year.day(1, 20))), str(year.day(1, 20))
        self.purchases = Table(Purchase, "number vendor_id ordered_on note version")
        self.lines = Table(
            PurchaseLine,
            "purchase_id number kind description quantity amount invoice_number invoice_on account",
        )
        self.units = Table(Unit, "line_id number cost received_on")
        self.shares = Table(UnitShare, "valid_from known_from unit_id award_id amount")
        self.assets = Table(
            Asset,
            "tag tag_key serial serial_key product_id description school_id status place room_id "
            "person_id holder_id home_room_id condition condition_on unit_id acquired_on title_holder "
            "use last_verified_on registered_at legacy source_key version",
        )
        self.spans = Table(
            AssetSpan,
            "asset_id valid_from valid_to known_from closed_known sets school_id status place room_id "
            "person_id holder_id home_room_id condition unit_id",
        )
        self.assignments = Table(Assignment, "asset_id person_id opened_at closed_at")
        self.sightings = Table(Verification, "asset_id seen_at recorded_at room_id method")
        self.entries = Table(
            Entry,
            "kind subject_type subject_id school_id effective_at recorded_at via changes data request_id",
        )
        # Parents first: PostgreSQL checks references at commit, SQLite too, but it reads better.
        self.tables = [
            self.purchases, self.lines, self.units, self.shares, self.assets, self.spans,
            self.assignments, self.sightings, self.entries,
        ]  # fmt: skip

    def write(self, count: int) -> None:
        """Write `count` things inside the caller's transaction."""
        while count:
            quantity = min(PER_PURCHASE, count)
            self._purchase(quantity)
            count -= quantity
        for table in self.tables:
            table.flush()

    def finish(self) -> None:
        """Let the database hand out ids again."""
        reset_sequences(self.tables)

    def _purchase(self, quantity: int) -> None:
        rng, frame = self.rng, self.frame
        product, text, cents, handed_out = rng.choice(frame.products)
        came = rng.choice(self.came)
        pk = self.purchases.next_id
        purchase = self.purchases.add(
            f"G-{pk}", frame.vendor, str(came[0] - timedelta(days=40)), "", 1
        )
        line = self.lines.add(
            purchase,
            1,
            "ordered",
            text,
            quantity,
            _money(cents * quantity),
            f"GI-{pk}",
            came[1],
            "",
        )
        self._entry("purchase.recorded", "funding.purchase", purchase, None, came[2], "{}",
                    '{"lines": 1}')  # fmt: skip
        first = frame.awards[0] if self.one_award else rng.choice(frame.awards[:-1])
        parts = [(first, cents)]
        if rng.random() < 0.3:
            federal = cents * 80 // 100
            parts = [(first, federal), (frame.awards[-1], cents - federal)]
        shares = [(award, _money(amount)) for award, amount in parts]
        paid = ", ".join(f'"{award}": "{amount}"' for award, amount in shares)
        changes = '{"shares": [{}, {' + paid + "}]}"
        school = rng.choice(frame.schools)
        cost = _money(cents)
        for number in range(1, quantity + 1):
            unit = self.units.add(line, number, cost, came[1])
            for award, amount in shares:
                self.shares.add(came[2], self.now, unit, award, amount)
            self._entry("unit.shared", "funding.unit", unit, None, came[2], changes, "{}")
            self._thing(product, school, unit, came, handed_out)

    def _entry(
        self, kind: str, type_: str, pk: int, school: int | None, effective: str, changes: str,
        data: str,
    ) -> None:  # fmt: skip
        self.entries.add(
            kind, type_, pk, school, effective, self.now, "command", changes, data, "generate"
        )

    def _thing(
        self, product: int, school: int, unit: int, came: tuple[Any, ...], handed_out: bool
    ) -> None:
        rng = self.rng
        pk = self.assets.next_id
        tag, serial = f"g{pk:07}", f"sn{pk:08x}" if rng.random() < 0.99 else ""
        room = rng.choice(self.frame.rooms[school])
        seen = self.counted if rng.random() < 0.8 else None
        life = rng.random() if handed_out else 1.0
        # Entries as the actions write them: registered, seen, then what happened.
        self._entry("asset.registered", "assets.asset", pk, school, came[3], "{}",
                    f'{{"tag": "{tag.upper()}", "status": "in_stock", "room": {room}, "holder": null}}')  # fmt: skip
        if seen:
            self.sightings.add(pk, self.count, self.count, room, "count")
            self._entry("asset.verified", "assets.asset", pk, school, self.count, "{}",
                        f'{{"room": {room}, "method": "count"}}')  # fmt: skip
        stock: tuple[Any, ...] = ("in_stock", "room", room, None, None)
        if life >= 0.85:
            self._span(pk, came[3], None, "*", school, stock, room, unit)
            state = stock
        else:
            student = rng.choice(self.frame.students[school])
            held = ("in_use", "person", None, student, student)
            self._span(pk, came[3], self.august, "*", school, stock, room, unit)
            self._hand_out(pk, school, room, student, self.august)
            state = held
            if life >= 0.4:
                self._span(pk, self.august, None, _SETS, school, held, room, unit)
                self.assignments.add(pk, student, self.august, None)
            else:
                self._span(pk, self.august, self.june, _SETS, school, held, room, unit)
                self.assignments.add(pk, student, self.august, self.june)
                self._hand_out(pk, school, room, student, self.june, back=True)
                again = life < 0.25
                self._span(
                    pk, self.june, self.fall if again else None, _SETS, school, stock, room, unit
                )
                state = stock
                if again:
                    other = rng.choice(self.frame.students[school])
                    state = ("in_use", "person", None, other, other)
                    self._hand_out(pk, school, room, other, self.fall)
                    self._span(pk, self.fall, None, _SETS, school, state, room, unit)
                    self.assignments.add(pk, other, self.fall, None)
        self.assets.add(
            tag.upper(), tag, serial.upper(), serial, product, "", school, *state, room, "good",
            came[1], unit, came[1], "District", "Instruction", seen, self.now, False, "", 1,
        )  # fmt: skip

    def _span(
        self, pk: int, start: str, end: str | None, sets: str, school: int,
        state: tuple[Any, ...], home: int, unit: int,
    ) -> None:  # fmt: skip
        self.spans.add(
            pk, start, end, self.now, self.now if end else None, sets, school, *state, home, "good",
            unit,
        )  # fmt: skip

    def _hand_out(
        self, pk: int, school: int, room: int, student: int, when: str, back: bool = False
    ) -> None:
        old_new = ((f"[{room}, null]", f"[null, {student}]", '["in_stock", "in_use"]',
                    '["room", "person"]'),
                   (f"[null, {room}]", f"[{student}, null]", '["in_use", "in_stock"]',
                    '["person", "room"]'))[back]  # fmt: skip
        changes = (
            f'{{"status": {old_new[2]}, "holder": {old_new[1]}, "place": {old_new[3]}, '
            f'"room": {old_new[0]}, "person": {old_new[1]}}}'
        )
        kind = "asset.returned" if back else "asset.assigned"
        data = f'{{"person": {student}}}' if back else "{}"
        self._entry(kind, "assets.asset", pk, school, when, changes, data)


_SETS = "container_id,holder_id,person_id,place,room_id,status"
