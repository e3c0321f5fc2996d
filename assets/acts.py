"""The acts on a thing, in the order in which its page offers them."""

from typing import Any

from assets.act import Act
from assets.custody.acts import ASSIGN, RETURN
from assets.leaving.acts import DISPOSE, REOPEN
from assets.mistakes.acts import CORRECT, EDIT, REINSTATE, VOID
from assets.mistakes.merge_acts import MERGE, UNMERGE
from assets.places.acts import FIND, MOVE, STATUS
from assets.sightings.acts import VERIFY

ACTS: tuple[Act[Any], ...] = (
    ASSIGN,
    RETURN,
    MOVE,
    VERIFY,
    EDIT,
    STATUS,
    FIND,
    DISPOSE,
    REOPEN,
    REINSTATE,
    CORRECT,
    MERGE,
    UNMERGE,
    VOID,
)
