"""Backup and restore of the whole register: rows of every table and private files, in one archive.

The archive is the same for both databases: a ZIP with `manifest.json`, one member of JSON lines for
each table, and each private file under its SHA-256. Nothing is read back that the manifest does
not name, and nothing is written before everything was checked.
"""

from core.backup.checking import Refusal, check
from core.backup.dump import back_up
from core.backup.nightly import last_good, make_backup
from core.backup.restoring import restore

__all__ = ["Refusal", "back_up", "check", "last_good", "make_backup", "restore"]
