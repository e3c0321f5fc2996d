"""What was said of who pays for a unit, however often its thing was dated since."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from core.models import Entry
from funding.actions.told import SAID
from funding.actions.units import morning
from funding.models import Unit, UnitShare

DATED = "unit.paid_from"


@dataclass(frozen=True)
class Told:
    """A share, and until when it was said: another statement may have cut what its row says."""

    share: UnitShare
    end: datetime | None

    @classmethod
    def of(cls, share: UnitShare) -> "Told":
        return cls(share, share.valid_to)

    @property
    def is_cut(self) -> bool:
        return self.end != self.share.valid_to

    def cut(self, at: datetime) -> "Told":
        return replace(self, end=at if self.end is None else min(self.end, at))


@dataclass(frozen=True)
class Piece:
    """A share over the time for which it is to stand."""

    share: UnitShare
    start: datetime
    end: datetime | None
    cut: bool = False  # what stands since then may be the rest of it

    @property
    def pays(self) -> tuple[int, Decimal]:
        return self.share.award_id, self.share.amount

    @property
    def key(self) -> tuple[int, Decimal, datetime, datetime | None]:
        return (*self.pays, self.start, self.end)


@dataclass(frozen=True)
class Said:
    """What was last said of who pays for a unit, as it stands now and as its thing is dated anew.
    `open_`: the first of it is as old as what it paid for, nobody said another day."""

    stands: Sequence[UnitShare]
    told: Sequence[Told]
    open_: bool

    def data(self) -> dict[str, Any]:
        """For who dates it next: what falls away before a later day is not forgotten should the
        day be put right again."""
        if not self.told:
            return {}
        cut = {str(t.share.number): t.end.isoformat() for t in self.told if t.end and t.is_cut}
        said = {"said": [t.share.number for t in self.told], "open": self.open_}
        return said | ({"until": cut} if cut else {})

    def since(self, start: datetime) -> list[Piece]:
        """What holds at `start` or later."""
        first = min((t.share.valid_from for t in self.told), default=start)
        pieces = []
        told = (Piece(t.share, t.share.valid_from, t.end, t.is_cut) for t in self.told)
        for piece in _joined(told):
            ours = self.open_ and piece.start == first
            begins = start if ours else max(piece.start, start)
            if piece.end is None or piece.end > begins:
                pieces.append(replace(piece, start=begins))
        return pieces

    def lost(self, began: datetime, at: datetime) -> "list[Told]":
        """What fell away before the thing `began`, and stays said though another statement holds
        from `at` on. What only moved with its thing did not fall away."""
        first = min((t.share.valid_from for t in self.told), default=began)
        if self.open_ and any(
            t.share.valid_from == first and (t.end is None or t.end > began) for t in self.told
        ):
            return []
        cut = [t.cut(min(began, at)) for t in self.told]
        return [t for t in cut if t.end is None or t.end > t.share.valid_from]

    def without(self, own: Collection[int]) -> "Said | None":
        """The same without the shares (numbers) that an import took back."""
        told = [t for t in self.told if t.share.number not in own]
        return replace(self, told=told) if told else None


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces that go on where another was cut are one with it."""
    done: list[Piece] = []
    last: dict[tuple[int, Decimal], int] = {}
    for piece in sorted(pieces, key=lambda p: p.start):
        n = last.get(piece.pays)
        if n is not None and done[n].cut and done[n].end == piece.start:
            done[n] = replace(done[n], end=piece.end, cut=piece.cut)
        else:
            last[piece.pays] = len(done)
            done.append(piece)
    return done


def said_of(units: Mapping[int, Unit], before: Mapping[int, datetime]) -> dict[int, Said]:
    """By unit what was said of who pays; `before`: since when their things were there."""
    entries: dict[int, list[Entry]] = {pk: [] for pk in units}
    for entry in entries_of(list(units), DATED, *SAID):
        entries[entry.subject_id].append(entry)
    dated = any(e.kind == DATED for told in entries.values() for e in told)
    every: dict[int, list[UnitShare]] = {pk: [] for pk in units}
    shares = UnitShare.objects.all() if dated else UnitShare.objects.known()
    rows = shares.filter(unit__in=list(units)).select_related("award__program")
    for share in rows.order_by("valid_from", "pk"):
        every[share.unit_id].append(share)
    return {
        pk: _said(every[pk], entries[pk], {morning(unit.received_on), before.get(pk)})
        for pk, unit in units.items()
    }


def _said(
    rows: Sequence[UnitShare], entries: Sequence[Entry], begins: set[datetime | None]
) -> Said:
    stands = [s for s in rows if s.known_to is None]
    numbered = {s.number: s for s in rows}
    kept: Said | None = None
    began = datetime.max.replace(tzinfo=UTC)
    again = False  # whether it was said anew since
    # The shares of each statement, and what was kept before it unless it was dated since.
    spoken: list[tuple[set[int], tuple[Said | None, bool] | None]] = []
    for entry in entries:
        data = entry.data
        if entry.kind == DATED:
            kept, began, again = _dated(stands, numbered, data), entry.effective_at, False
            spoken = [(own, None) for own, _before in spoken]
        elif data.get("undone"):
            # What an import took back was not said; what was said before it still is.
            own, before = spoken.pop() if spoken else (set(), (None, False))
            kept, again = before or (kept.without(own) if kept else None, again)
        else:
            spoken.append((_numbers(data), (kept, again)))
            if kept is not None:
                lost = kept.lost(began, entry.effective_at)
                kept, again = (replace(kept, told=lost), True) if lost else (None, False)
    now = [Told.of(s) for s in stands]
    if kept is not None:
        return replace(kept, told=[*kept.told, *now]) if again else kept
    return Said(stands, now, (stands[0].valid_from if stands else None) in begins)


def _numbers(data: Mapping[str, Any]) -> set[int]:
    """The shares that a statement wrote."""
    rows = data.get("rows", {}).get(UnitShare._meta.label_lower, ())
    return {row["number"] for row in rows}


def _dated(
    stands: Sequence[UnitShare], numbered: Mapping[int, UnitShare], data: Mapping[str, Any]
) -> Said | None:
    if "said" not in data:
        return None
    until = {int(n): datetime.fromisoformat(end) for n, end in data.get("until", {}).items()}
    rows = [numbered[n] for n in data["said"] if n in numbered]
    return Said(stands, [Told(s, until.get(s.number, s.valid_to)) for s in rows], data["open"])


def entries_of(unit_ids: Sequence[int], *kinds: str) -> Iterable[Entry]:
    """What the journal tells of these kinds of units, in its order."""
    label = Unit._meta.label_lower
    found = Entry.objects.filter(subject_type=label, subject_id__in=unit_ids, kind__in=kinds)
    return found.order_by("pk")
