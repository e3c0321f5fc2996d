"""What core itself adds to the house."""

from typing import Any

from core import runs
from core.api import resource
from core.api.idempotency import purge
from core.backup import nightly
from core.backup.heads import of_backups
from core.files import left
from core.furnishing import part
from core.journal import heads, sentences
from core.ops.sweeping import register_chore
from core.runs import baselines
from core.shown import KEYS
from core.web import finding, slots
from core.web.slots import panel, slot
from core.whole import register_whole


def _backups(request: Any, district: Any) -> dict[str, Any]:
    return {
        "overdue": nightly.overdue(),
        "last": nightly.last_good(),
        "may": request.user.has_perm("core.backup"),
    }


HOUSE = (
    part(slot, "core.home"),
    part(panel, "core.home", "core/backup_overdue.html", "core.change_district", _backups, 1),
    part(register_chore, purge),
    part(register_chore, left.throw_away_left),
    part(register_chore, heads.note),
    part(register_chore, nightly.schedule),
    part(heads.register_heads, of_backups),
    part(runs.register_kind, baselines.KIND, baselines.run_baselines, baselines.LABEL),
    part(runs.register_kind, nightly.KIND, nightly.run_backup, nightly.LABEL),
    part(register_whole, slots.faults),
    part(register_whole, finding.faults),
    part(register_whole, sentences.faults),
    part(register_whole, resource.faults),
    *KEYS,
)
