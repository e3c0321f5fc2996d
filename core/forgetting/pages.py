"""What SQLite leaves in its files of a row that was blanked, and getting rid of it.

Each connection overwrites what it frees (`secure_delete`). Two copies are left: the write-ahead
log until it is checkpointed, and now and then a cell in a page that was split before. A checkpoint
takes the first at once; writing the pages anew takes the second.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core import runs
from core.access import SYSTEM
from core.models import Run
from core.time import days

KIND = "rewrite-pages"
LABEL = _("Writing the database anew, after somebody was forgotten")
#: A larger database is written anew in the night: nobody can write meanwhile.
AT_ONCE = 256 << 20
#: So many milliseconds a checkpoint waits for readers.
PATIENCE = 15_000


def tidy() -> None:
    """Ask a worker to leave nothing in the database's files of what this transaction blanks."""
    if connection.vendor != "sqlite":
        return
    # Two people erased in a minute need one rewriting, as long as it has not begun.
    waiting = Run.objects.filter(kind=KIND, state=Run.State.WAITING, attempts=0)
    if not waiting.exists():
        runs.start(KIND, {}, by=SYSTEM)
    transaction.on_commit(lambda: _checkpoint(patience=1000), robust=True)


def tidy_now() -> None:
    """Do at once what `tidy` left to a worker: who runs commands may have none."""
    for run in Run.objects.filter(kind=KIND, state=Run.State.WAITING):
        runs.execute(run.pk)


def rewrite_pages(work: runs.Work | None = None) -> dict[str, Any]:
    """The worker's part. A checkpoint waits for readers; where they do not end it is tried
    again."""
    if connection.vendor != "sqlite":
        return {}
    done = _checkpoint(patience=PATIENCE)
    size = _size()
    if work is not None and size > AT_ONCE and not work.parameters.get("night"):
        night = days.start_of_day(days.today() + timedelta(days=1)) + timedelta(hours=3)
        later = runs.start(KIND, {"night": True}, by=SYSTEM, key=f"{KIND}@{night.isoformat()}")
        Run.objects.filter(pk=later.pk, state=Run.State.WAITING).update(available_at=night)
        return {"checkpointed": done, "later": night.isoformat()}
    _rewrite()
    done = _checkpoint(patience=PATIENCE)
    if not done:
        raise OSError("somebody reads the database: the write-ahead log could not be emptied")
    return {"checkpointed": done, "bytes": _size()}


def _size() -> int:
    path = Path(str(connection.settings_dict["NAME"]))
    return path.stat().st_size if path.exists() else 0


def _rewrite() -> None:
    # Its scratch copy lies beside the database: it can be larger than memory and than /tmp.
    os.environ.setdefault("SQLITE_TMPDIR", str(Path(str(connection.settings_dict["NAME"])).parent))
    connection.ensure_connection()
    # Of our wrapper of SQLite.
    with connection.passing("UPDATE"), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("PRAGMA temp_store=FILE")
        try:
            cursor.execute("VACUUM")
        finally:
            cursor.execute("PRAGMA temp_store=MEMORY")


def _checkpoint(patience: int) -> bool:
    """Move the write-ahead log into the database and cut it to nothing; whether all of it went."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={int(patience)}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return bool(cursor.fetchone()[0] == 0)
        finally:
            cursor.execute(f"PRAGMA busy_timeout={int(before)}")
