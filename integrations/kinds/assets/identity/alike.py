"""Whether two rows or things may be one: by their serial numbers and their products' names."""

import re

from core.text.bare import bare
from integrations.words import fold

#: A shorter serial number (1, 007) may well be several makers'.
SHORTEST_SERIAL = 5


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
