"""Which codes the numbers of a range make: CF0 with five digits makes those of CF with six."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Self

from django.db.models import F

from assets.models import Asset, AssetCode, TagRange
from core.text.alike import written_otherwise

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
        """Whether a code is of both, or one of each may be one code: QQ-0001 and QQ0001."""
        number = max(self.first, other.first)
        if number > min(self.last, other.last):
            return False
        one, longer = sorted((self._code(number), other._code(number)), key=len)
        return one == longer or one in written_otherwise(longer)

    def used(self) -> list[str]:
        """Those that lead to a thing already, and the codes of things that may be one of them."""
        # What comes before the first space or hyphen is alike in all of them.
        start = re.split("[ -]", self.stem)[0]
        tags = Asset.objects.filter(tag_key__startswith=start).values_list("tag_key", "tag")
        codes = AssetCode.objects.filter(key__startswith=start).values_list("key", "code")
        # One after the other: nearly all tags of a district may begin so.
        every = chain(tags.iterator(), codes.iterator())
        return sorted(code for key, code in every if self._has(key))

    def _has(self, key: str) -> bool:
        return key[-1:] in _DIGITS and self.meets(Codes.of(key, 0, 0, 0))

    def _code(self, number: int) -> str:
        return f"{self.stem}{number:0{self.digits}d}"


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
