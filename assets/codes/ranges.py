"""Which codes the numbers of a range make: CF0 with five digits makes those of CF with six."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.db.models import F
from django.db.models.functions import Length

from assets.models import Asset, AssetCode, TagRange

_DIGITS = "0123456789"


@dataclass(frozen=True)
class Codes:
    """Codes that begin alike and end in the numbers from `first` to `last`, of so many digits."""

    stem: str
    digits: int
    first: int
    last: int

    @classmethod
    def of(cls, prefix: str, digits: int, first: int, last: int) -> Self:
        """The codes of a range, as codes are compared; digits of the prefix are of the number."""
        stem = prefix.rstrip(_DIGITS)
        before = prefix[len(stem) :]
        more = int(before or 0) * 10**digits
        return cls(stem.lstrip().casefold(), len(before) + digits, more + first, more + last)

    @classmethod
    def left(cls, range_: TagRange) -> Self:
        """Those that a range has still to give."""
        return cls.of(range_.prefix, range_.digits, range_.next_number, range_.last_number)

    def meets(self, other: "Codes") -> bool:
        """Whether a code is of both."""
        alike = (self.stem, self.digits) == (other.stem, other.digits)
        return alike and self.first <= other.last and other.first <= self.last

    def used(self) -> list[str]:
        """Those that lead to a thing already."""
        long = len(self.stem) + self.digits
        things = Asset.objects.annotate(length=Length("tag_key"))
        things = things.filter(length=long, tag_key__startswith=self.stem)
        codes = AssetCode.objects.annotate(length=Length("key"))
        codes = codes.filter(length=long, key__startswith=self.stem)
        return sorted(
            code
            for key, code in (
                *things.values_list("tag_key", "tag"),
                *codes.values_list("key", "code"),
            )
            if self._has(key[len(self.stem) :])
        )

    def _has(self, number: str) -> bool:
        return not number.strip(_DIGITS) and self.first <= int(number) <= self.last


def reserved() -> list[tuple[TagRange, Codes]]:
    """What somebody reserved and nobody took yet. The district's own ranges are of what is left."""
    rows = TagRange.objects.filter(next_number__lte=F("last_number"))
    rows = rows.exclude(name=TagRange.OWN, school=None)
    return [(row, Codes.left(row)) for row in rows.order_by("pk")]


def free_numbers(range_: TagRange) -> Iterator[int]:
    """The numbers that a range has to give, but those that another one reserves."""
    codes = Codes.left(range_)
    before = codes.first - range_.next_number
    taken = [c for row, c in reserved() if row.pk != range_.pk and c.meets(codes)]
    number = range_.next_number
    for other in sorted(taken, key=lambda c: c.first):
        yield from range(number, other.first - before)
        number = max(number, other.last - before + 1)
    yield from range(number, range_.last_number + 1)
