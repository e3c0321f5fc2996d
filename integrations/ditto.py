"""Cells of lists that are kept by hand which stand for the cell above them."""

from django.utils.translation import gettext as _

LONGEST_DITTO = 20  # letters: no more are looked at
#: As people draw them. An apostrophe or quotation mark alone is no name of anything.
_DRAWN = frozenset("\"'`“”„‟″‴〃‶‘’‚,、ˮ")
_WORDS = {
    "ditto",
    "(ditto)",
    "do.",
    "same",
    "same as above",
    "as above",
    "see above",
    "idem",
    "id.",
}
#: Somebody may be called Ditto or Same: of a name only what is drawn is known.
_NAMES = {"first_name", "last_name", "holder_first", "holder_last"}


def stands_for_above(name: str, text: str) -> bool:
    """Whether a cell of the field `name` says that it is as the one above."""
    bare = "".join(text.split()).strip("-–—")
    if bare and _DRAWN.issuperset(bare):
        return True
    return name not in _NAMES and " ".join(text.split()).lower().strip(" -–—") in _WORDS


def write_it_out(text: str) -> str:
    message = _("%s seems to stand for the cell above it. Write here what that one says.")
    return message % text[:30]
