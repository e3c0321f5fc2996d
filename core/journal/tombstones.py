"""After which entries a thing is no longer there under its id: consumers drop their copy."""

_kinds: set[str] = set()


def register_tombstones(*kinds: str) -> None:
    """Kinds of entries that are the last of their subject."""
    _kinds.update(kinds)


def tombstone(kind: str) -> bool:
    """Whether nothing is there under that id any more."""
    return kind in _kinds
