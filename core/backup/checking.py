"""Reading an archive that may be hostile: everything is checked before anything is written."""

import hashlib
import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.backup import manifest
from core.backup.manifest import Manifest, Member

_MANIFEST_LIMIT = 64 << 20
_LINE_LIMIT = 32 << 20
_CHUNK = 1 << 20
#: JSON lines of rows pack ten to thirtyfold. More than this is a bomb, not a backup.
_MOST_EXPANSION, _SMALL = 200, 64 << 20
#: What the library raises on archives that are not whole: it tells the many ways apart, we need
#: not.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_SHA = re.compile(r"[0-9a-f]{64}")


class Refusal(Exception):
    """Why an archive is not restored; a sentence. Nothing was written."""


def check(path: Path) -> Manifest:
    """Read the whole archive and say what is in it. Raises Refusal with the first thing wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = _names(archive)
            made = _manifest(archive)
            _agree(found, made)
            for model, member in zip(manifest.kept_models(), made.tables, strict=True):
                rows = sum(1 for _row in rows_of(archive, model, member))
                if rows != member.rows:
                    raise Refusal(
                        f"{member.name} has {rows} rows, the manifest says {member.rows}."
                    )
            for member in made.files:
                for _chunk in chunks_of(archive, member):
                    pass
            return made
    except FileNotFoundError as error:
        raise Refusal(f"There is no file {path}.") from error
    except _BROKEN as error:
        raise Refusal(f"{path.name} is not a whole archive of this program: {error}.") from error


def _names(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    packed = unpacked = 0
    for info in archive.infolist():
        name = info.orig_filename
        if name in found:
            raise Refusal(f"The archive has {name[:80]!r} twice.")
        if name.startswith(("/", "\\")) or "\\" in name or ":" in name or "\x00" in name:
            raise Refusal(f"The archive has a member outside of it: {name[:80]!r}.")
        if any(part in ("", ".", "..") for part in name.split("/")):
            raise Refusal(f"The archive has a member outside of it: {name[:80]!r}.")
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise Refusal(f"{name[:80]!r} is a link or a device, not a plain file.")
        if info.flag_bits & 0x1:
            raise Refusal(f"{name[:80]!r} is encrypted.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal(f"{name[:80]!r} is packed in a way that this program never uses.")
        packed += info.compress_size
        unpacked += info.file_size
        found[name] = info
    if unpacked > _SMALL and unpacked > packed * _MOST_EXPANSION:
        raise Refusal("The archive unpacks to far more than a backup would: it is a bomb.")
    return found


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        info = archive.getinfo(manifest.NAME)
    except KeyError as error:
        raise Refusal(
            "The archive has no manifest.json: it is no backup of this program."
        ) from error
    if info.file_size > _MANIFEST_LIMIT:
        raise Refusal("Its manifest is too large.")
    with archive.open(info) as source:
        raw = source.read(_MANIFEST_LIMIT + 1)
    if len(raw) != info.file_size:
        raise Refusal("Its manifest is not as long as it says.")
    try:
        data = json.loads(raw)
        if data["format"] != manifest.FORMAT:
            raise Refusal(
                f"It has format {data['format']!r}; this release reads {manifest.FORMAT}."
            )
        made = Manifest(
            **{
                **data,
                "tables": [Member(**m) for m in data["tables"]],
                "files": [Member(**m) for m in data["files"]],
            }
        )
        number, digest = made.head
        shapes = [isinstance(number, int), bool(_SHA.fullmatch(digest))]
        for member in made.members:
            shapes += [
                isinstance(member.name, str),
                type(member.size) is int,
                member.size >= 0,
                type(member.rows) is int,
                bool(_SHA.fullmatch(member.sha256)),
            ]
        shapes += [isinstance(m, str) for m in [*made.migrations, *made.missing]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal("Its manifest cannot be read.") from error
    if not all(shapes):
        raise Refusal("Its manifest cannot be read.")
    return made


def _agree(found: dict[str, zipfile.ZipInfo], made: Manifest) -> None:
    """The manifest against the archive, and both against this release's tables."""
    ours = manifest.migrations_of_this_release()
    if made.migrations != ours:
        newer, older = set(made.migrations) - set(ours), set(ours) - set(made.migrations)
        which = ", ".join(sorted(newer or older)[:3])
        if newer:
            raise Refusal(f"It was made by a newer release ({which}): upgrade, then restore.")
        raise Refusal(
            f"It was made before {which}: restore it with the release that made it, then upgrade."
        )
    models_ = manifest.kept_models()
    if [m.name for m in made.tables] != [manifest.table_member(m) for m in models_]:
        raise Refusal("Its tables are not those of this release.")
    for model, member in zip(models_, made.tables, strict=True):
        if member.columns != [f.attname for f in manifest.columns(model)]:
            raise Refusal(f"The columns of {member.name} are not those of this release.")
    for member in made.files:
        if member.name != manifest.file_member(member.sha256):
            raise Refusal(f"{member.name[:80]!r} is not named by its content.")
    named = [manifest.NAME, *(m.name for m in made.members)]
    if len(set(named)) != len(named):
        raise Refusal("Its manifest names a member twice.")
    if extra := sorted(set(found) - set(named)):
        raise Refusal(f"The archive has {extra[0][:80]!r}, which its manifest does not name.")
    if gone := sorted(set(named) - set(found)):
        raise Refusal(f"The archive lacks {gone[0]!r}, which its manifest names.")
    for member in made.members:
        if found[member.name].file_size != member.size:
            raise Refusal(f"{member.name} is not as long as the manifest says.")


def chunks_of(archive: zipfile.ZipFile, member: Member) -> Iterator[bytes]:
    """A member's bytes; Refusal where they are not what the manifest says, at the end."""
    digest, size = hashlib.sha256(), 0
    with archive.open(member.name) as source:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > member.size:
                raise Refusal(f"{member.name} is longer than the manifest says.")
            digest.update(chunk)
            yield chunk
    if size != member.size or digest.hexdigest() != member.sha256:
        raise Refusal(f"{member.name} is not what the manifest says: it was altered or damaged.")


def rows_of(
    archive: zipfile.ZipFile, model: type[models.Model], member: Member
) -> Iterator[list[Any]]:
    """A table's rows with values of the columns' own types."""
    fields = manifest.columns(model)
    rest = b""
    number = 0
    for chunk in chunks_of(archive, member):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > _LINE_LIMIT:
            raise Refusal(f"{member.name} has a row that is too long.")
        for line in lines:
            number += 1
            yield _row(line, fields, f"{member.name}, row {number}")
    if rest:
        raise Refusal(f"{member.name} ends in the middle of a row.")


def _row(line: bytes, fields: "list[models.Field[Any, Any]]", where: str) -> list[Any]:
    try:
        values = json.loads(line)
        if type(values) is not list or len(values) != len(fields):
            raise Refusal(f"{where}: it does not have the columns of its table.")
        return [
            value
            if value is None or isinstance(field, models.JSONField)
            else field.target_field.to_python(value)
            if isinstance(field, models.ForeignKey)
            else field.to_python(value)
            for field, value in zip(fields, values, strict=True)
        ]
    except (ValueError, TypeError, ValidationError, RecursionError, OverflowError) as error:
        raise Refusal(f"{where}: it cannot be read.") from error
