"""Writing an archive, from one snapshot of the database."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

from core import files
from core.backup import manifest
from core.backup.manifest import Manifest, Member
from core.journal import sealing
from core.models import District
from core.models.files import StoredFile
from core.time import days

_CHUNK = 1 << 20


@contextmanager
def snapshot() -> Iterator[None]:
    """Every read inside sees the database at one instant, and no writer waits for us."""
    if connection.in_atomic_block:
        raise RuntimeError("a backup begins its own transaction")
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:  # not through the gate: a reader keeps no writer waiting
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


class _Writer:
    """A member that is hashed while it is written."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name, self._digest, self.size = name, hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        self._out = archive.open(info, "w", force_zip64=True)

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self.size += len(data)
        self._out.write(data)

    def close(self) -> str:
        self._out.close()
        return self._digest.hexdigest()


def _table(archive: zipfile.ZipFile, model: type[models.Model]) -> Member:
    fields = manifest.columns(model)
    names = [f.attname for f in fields]
    writer, count = _Writer(archive, manifest.table_member(model)), 0
    rows = model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=5000)
    lines: list[str] = []
    for row in rows:
        lines.append(json.dumps([plain(v) for v in row], ensure_ascii=False, separators=(",", ":")))
        count += 1
        if len(lines) == 2000:
            writer.write(("\n".join(lines) + "\n").encode())
            lines.clear()
    if lines:
        writer.write(("\n".join(lines) + "\n").encode())
    return Member(writer.name, writer.size, writer.close(), count, names)


def _file(archive: zipfile.ZipFile, sha256: str) -> Member | None:
    """A private file; None where its bytes are gone or no longer what they were."""
    path = files.path_of(sha256)
    try:
        with path.open("rb") as source:
            if hashlib.file_digest(source, "sha256").hexdigest() != sha256:
                return None
            source.seek(0)
            writer = _Writer(archive, manifest.file_member(sha256))
            while chunk := source.read(_CHUNK):
                writer.write(chunk)
            return Member(writer.name, writer.size, writer.close())
    except FileNotFoundError:
        return None


def back_up(path: Path) -> Manifest:
    """Write an archive of everything to `path`, readable by its owner only; a crash leaves no
    half of one under that name. It holds password hashes and personal values: keep it as such."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("xb") as out:
            aside.chmod(0o600)
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                made = _write(archive)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return made


def _write(archive: zipfile.ZipFile) -> Manifest:
    with snapshot():
        district = District.current()
        number, digest = sealing.head()
        migrations = manifest.migrations()
        tables = [_table(archive, model) for model in manifest.kept_models()]
        wanted = list(StoredFile.objects.order_by("sha256").values_list("sha256", flat=True))
    # Private files never change and are older than the rows that name them: no snapshot needed.
    kept, missing = [], []
    for sha256 in wanted:
        member = _file(archive, sha256)
        if member is None:
            missing.append(sha256)
        else:
            kept.append(member)
    made = Manifest(
        manifest.FORMAT,
        days.now().isoformat(),
        district.name if district else "",
        [number, digest],
        migrations,
        tables,
        kept,
        missing,
    )
    archive.writestr(manifest.NAME, json.dumps(made.as_json(), ensure_ascii=False, indent=1))
    return made
