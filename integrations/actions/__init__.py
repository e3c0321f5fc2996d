"""Importing: stage, map, preview, mend, apply, undo. Rows are written by the nouns' own actions."""

from integrations.actions.apply import apply_import, undo_import
from integrations.actions.stage import create_unknown, mend_cell, preview, remap, stage

__all__ = [
    "apply_import", "create_unknown", "mend_cell", "preview", "remap", "stage", "undo_import",
]  # fmt: skip
