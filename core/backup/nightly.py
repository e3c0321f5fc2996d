"""The nightly backup: due by itself, checked as it was written, old ones thinned out."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.access import SYSTEM
from core.backup.checking import check
from core.backup.dump import back_up
from core.forgetting import erasures
from core.journal import writing as journal
from core.models import District, Entry
from core.models.run import Schedule
from core.runs import Work
from core.time import days

KIND = "backup"
MADE = "backup.made"
LABEL = _("Backup")
WARN_AFTER = timedelta(hours=36)
KEEP_DAYS, KEEP_WEEKS = 7, 4
_NAME = re.compile(r"district-(\d{8})-(\d{6})\.zip")


def make_backup(path: Path | None = None) -> tuple[Path, dict[str, Any]]:
    """Write a backup, read it back whole, and record that it was made. UTC names the file."""
    target = path or Path(settings.BACKUP_DIR) / f"district-{days.now():%Y%m%d-%H%M%S}.zip"
    made = back_up(target)
    check(target)
    erasures.give(target.parent)
    facts = {
        "size": target.stat().st_size,
        "rows": sum(t.rows for t in made.tables),
        "files": len(made.files),
        "missing": len(made.missing),
        "head": made.head[0],
    }
    district = District.current()
    if district is not None:
        journal.record(MADE, district, by=SYSTEM, data=facts)
    return target, facts


def run_backup(work: Work) -> dict[str, Any]:
    """The Run: a backup into BACKUP_DIR, then the old ones."""
    path, facts = make_backup()
    thin_out(path.parent)
    return {"file": path.name, **facts}


def thin_out(folder: Path) -> list[Path]:
    """Keep the newest of each of the last 7 days and 4 weeks that have one; delete the others.
    Only files that carry our name are touched."""
    dated = []
    for path in folder.iterdir():
        if found := _NAME.fullmatch(path.name):
            dated.append(
                (
                    datetime.strptime("".join(found.groups()), "%Y%m%d%H%M%S").replace(tzinfo=UTC),
                    path,
                )
            )
    dated.sort(reverse=True)
    keep: set[Path] = set()
    for limit, period in ((KEEP_DAYS, "%Y%m%d"), (KEEP_WEEKS, "%G%V")):
        newest: dict[str, Path] = {}
        for at, path in dated:
            newest.setdefault(at.strftime(period), path)
        keep.update(list(newest.values())[:limit])
    gone = [path for _at, path in dated if path not in keep]
    for path in gone:
        path.unlink()
    return gone


def kept_until(day: date | None = None) -> date:
    """The day by which the backups that there are on a day are gone, as long as one is made each
    night: the oldest is the first of its week."""
    return (day or days.today()) + timedelta(weeks=KEEP_WEEKS + 1)


def last_good() -> datetime | None:
    """When the last backup was made and read back; None for never."""
    newest = Entry.objects.filter(kind=MADE).order_by("-pk")
    return newest.values_list("recorded_at", flat=True).first()


def overdue() -> bool:
    """Whether the last good backup is older than 36 hours."""
    last = last_good()
    return last is None or last < days.now() - WARN_AFTER


def schedule() -> None:
    """A district has its nightly backup, at two in the morning of its zone, from the first on."""
    if Schedule.objects.filter(name="nightly-backup").exists() or not District.objects.exists():
        return
    first = days.start_of_day(days.today() + timedelta(days=1)) + timedelta(hours=2)
    Schedule.objects.get_or_create(
        name="nightly-backup",
        defaults={"kind": KIND, "every_seconds": 86_400, "next_at": first},
    )
