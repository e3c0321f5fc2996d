"""Importing: stage, map, preview, mend, apply, undo. Rows are written by the nouns' own actions."""

from integrations.actions.apply import apply_import, undo_import
from integrations.actions.conflicts import settle_conflicts
from integrations.actions.mending import leave_out, mend_cell
from integrations.actions.plan import plan_import, preview
from integrations.actions.receive import receive, reread
from integrations.actions.retention import (
    blank_ended,
    discard_import,
    forget_person,
    rename_person,
)
from integrations.actions.stage import remap, stage
from integrations.actions.unknown import Choice, create_unknown, settle_unknown

__all__ = [
    "Choice",
    "apply_import",
    "blank_ended",
    "create_unknown",
    "discard_import",
    "forget_person",
    "leave_out",
    "mend_cell",
    "plan_import",
    "preview",
    "receive",
    "remap",
    "rename_person",
    "reread",
    "settle_conflicts",
    "settle_unknown",
    "stage",
    "undo_import",
]
