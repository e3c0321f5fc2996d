"""Where the values of somebody could still stand: every file of the data folder, every row."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection


def traces(*marks: str) -> list[str]:
    """The places where one of these marks stands: raw files (packed ones unpacked), rows of every
    table, sessions. Letter case does not hide it."""
    wanted = [m.casefold().encode() for m in marks]
    return [where for where, data in _places() if any(m in data for m in wanted)]


def _places() -> Iterator[tuple[str, bytes]]:
    for folder in {Path(settings.DATA_DIR), Path(settings.FILES_DIR), Path(settings.BACKUP_DIR)}:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.endswith(".gate"):
                yield from _file(path.name, path.read_bytes())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
                text = "\n".join(row[0] for row in cursor.fetchall())
                yield f"table {table}", text.casefold().encode()
    for session in Session.objects.all():
        yield "a session", str(session.get_decoded()).casefold().encode()


def _file(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data.lower()
    if zipfile.is_zipfile(packed := io.BytesIO(data)):
        with zipfile.ZipFile(packed) as archive:
            for member in archive.namelist():
                yield from _file(f"{name}:{member}", archive.read(member))
    if data.startswith(b"%PDF"):
        for part in data.split(b"stream")[1::2]:
            try:
                yield (
                    f"{name} (unpacked)",
                    zlib.decompress(part.strip(b"\r\n").removesuffix(b"end")).lower(),
                )
            except zlib.error:
                continue
