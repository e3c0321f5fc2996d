"""Serial numbers that may be one: systems put zeros and signs into them and take them out, people
read O for 0 and I for 1."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Replace

from assets.models import Asset, Product, Status
from assets.models.keys import code_key
from core.text.alike import loosely
from core.text.bare import bare
from core.text.folded import fold

#: A shorter serial number (1, 007) may well be several makers'.
SHORTEST_SERIAL = 5
#: What labels and scanners write before a serial number: S/N: 00451200, Serial No 00451200,
#: SN-00451200, (S)00451200, S00451200; in a bar code S before Apple's, 1S and the model (ten
#: characters) before Lenovo's.
_BEFORE = re.compile(
    r"(s/?n|ser(ial)?[ .]*(no|num|number|nr)?)\s*[.:#]+\s*"
    r"|(s/n|serial( ?(no|num|number|nr))?)(\s+|\s*-\s*)|sn(\s+|\s*-\s*)(?=[a-z\d]{7,}$)"
    r"|[(\[](s/?n?|1s)[)\]]\s*"
    r"|s(?=\d{5}|(?=[a-z]*\d)[a-z\d]{10,12}$)|1s[a-z\d]{10}(?=[a-z\d]{7,8}$)",
    re.IGNORECASE,
)
#: What people write after it: 5CD1234ABC (dock), 5CD1234ABC - dock. Two letters may be of it.
_AFTER = re.compile(r"(?<=\w)\s*[(\[][^()\[\]]*[)\]]$|(?<=\w{5})\s+([-–—]\s*)?[^\W\d_]{3,}$")
_READ = {"o": "0", "i": "1"}
_DIGITS = str.maketrans(_READ)
_READ_SO: Any = F("serial_key")
for _letter, _digit in {**_READ, **dict.fromkeys(" -._/", "")}.items():
    _READ_SO = Replace(_READ_SO, Value(_letter), Value(_digit))
#: So many are looked for by their numbers; for more it is faster to look at all.
_FEW = 20

#: A product's key and a serial number of it, as it is compared.
Named = tuple[int, str]


@lru_cache(maxsize=8192)  # each of a batch is asked several times
def loose_serial(serial: str) -> str:
    """A serial number without what may be lost or misread of it; empty where that is too short to
    tell."""
    serial = _AFTER.sub("", serial)
    if _BEFORE.match(serial):
        serial = _BEFORE.sub("", serial, count=1)
    loose = loosely(serial)
    read = loose.translate(_DIGITS)
    loose = loose if read == loose else loosely(read)
    return loose if len(loose) >= SHORTEST_SERIAL else ""


def one_product(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two (make, model) may be names of one product: each system has its own, with the make
    in the model, or a maker's whole name. Makers or models that have no word in common are two:
    real registers have parts that share a serial number."""
    if tuple(map(bare, one)) == tuple(map(bare, other)):
        return True
    a, b = fold(one[0]), fold(other[0])
    maker = not a or not b or a.startswith(b) or b.startswith(a)
    if not (maker or fold(one[1]).startswith(b) or fold(other[1]).startswith(a)):
        return False
    here, there = (set(re.findall(r"\w{4,}", bare(m))) for m in (one[1], other[1]))
    return not one[1] or not other[1] or not here.isdisjoint(there)


def things_spelled_so(given: Iterable[tuple[Product, str]]) -> dict[Named, list[int]]:
    """The things (keys) whose serial number may be one of these, is written otherwise, and whose
    product may be the same: by product (key) and serial number (as it is compared)."""
    wanted: dict[str, set[Named]] = {}
    products: dict[int, Product] = {}
    for product, serial in given:
        if loose := loose_serial(serial):
            wanted.setdefault(loose, set()).add((product.pk, code_key(serial)))
            products[product.pk] = product
    if not wanted:
        return {}
    same = _called_alike(products.values())
    among = {pk for some in same.values() for pk in some}
    things = Asset.objects.filter(product__among=among, merged_into=None)
    things = things.exclude(status=Status.VOID).annotate(serial_read=_READ_SO)
    things = things.filter(_near(wanted)).order_by("pk")
    found: dict[Named, list[int]] = {}
    for pk, its, serial in things.values_list("pk", "product", "serial_key").iterator():
        for product_pk, key in wanted.get(loose_serial(serial), ()):
            if key != serial and its in same[product_pk]:
                found.setdefault((product_pk, key), []).append(pk)
    return found


def _called_alike(products: Iterable[Product]) -> dict[int, set[int]]:
    """Of each product those that may be it."""
    names = list(Product.objects.filter(merged_into=None).values_list("pk", "make", "model"))
    return {
        p.pk: {pk for pk, *other in names if one_product((p.make, p.model), (other[0], other[1]))}
        for p in products
    }


def _near(wanted: Collection[str]) -> Q:
    """What narrows the things down in the database: nothing parts the longest number of a code."""
    numbers = [max(re.findall(r"[0-9]+", loose), key=len, default="") for loose in wanted]
    if len(numbers) > _FEW or not all(numbers):
        return ~Q(serial_key="")
    near = Q()
    for number in numbers:
        near |= Q(serial_read__contains=number)
    return near
