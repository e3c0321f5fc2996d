"""How names are compared."""

from core.text.bare import bare
from core.text.folded import fold


def fold_name(kind: str, name: str) -> str:
    """A name as it is compared. A room's number means what it says: 1-01 is not 101."""
    return bare(name) if kind == "room" else fold(name)
