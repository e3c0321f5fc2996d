"""What somebody chose for a row, kept with what it was asked about: an answer is one to its
question alone, and where that is about other things since (a column was mapped otherwise, a serial
number is another thing's now), it is asked anew."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from integrations.models import StagedRow

#: Whether a row is one of its own: that is asked of the row itself, which stays the same.
OF_THE_ROW = "none"
#: Under this a row keeps which section it stands beneath, until somebody mends it: no answer.
UNDER = "under"


def print_of(about: Sequence[object]) -> str:
    """What a question is about, as a staged row keeps it: no names."""
    return hashlib.sha256(json.dumps(about, default=str).encode()).hexdigest()[:16]


def chosen(row: StagedRow, kind: str, about: Sequence[object] = ()) -> str:
    """What somebody chose where they were asked of just this; else nothing. What an older release
    kept without its question is asked anew."""
    kept = row.decisions.get(kind, "")
    if kind == OF_THE_ROW:
        return str(kept)
    return str(kept.get(print_of(about), "")) if isinstance(kept, dict) else ""


def keep_questions(row: StagedRow, asked: Mapping[str, Mapping[str, str]]) -> None:
    """Keep what a row was asked when it was planned, with the answers (not saved): of each kind
    the prints of its questions."""
    new = {kind: dict(prints) for kind, prints in asked.items() if kind != OF_THE_ROW}
    if any(row.decisions.get(kind) != prints for kind, prints in new.items()):
        row.decisions = {**row.decisions, **new}


def choose(row: StagedRow, kind: str, choice: str) -> None:
    """Somebody answers what the row asked when it was planned (not saved)."""
    kept = row.decisions.get(kind)
    prints = kept if isinstance(kept, dict) else {}
    answer = choice if kind == OF_THE_ROW else dict.fromkeys(prints, choice)
    row.decisions = {**row.decisions, kind: answer}
