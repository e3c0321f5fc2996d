"""Twenty archives that nobody should be able to restore."""

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Members = dict[str, bytes]


def read_archive(path: Path) -> tuple[dict[str, Any], Members]:
    with zipfile.ZipFile(path) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    return json.loads(members.pop("manifest.json")), members


def _write(path: Path, manifest: Any, members: Members) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", json.dumps(manifest))


def _sign(manifest: dict[str, Any], members: Members) -> None:
    """Make the manifest agree with members that were altered by somebody who knows how."""
    for member in manifest["tables"] + manifest["files"]:
        data = members[member["name"]]
        member["size"], member["sha256"] = len(data), hashlib.sha256(data).hexdigest()


def _table(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    return next(t for t in manifest["tables"] if t["name"] == f"tables/{name}.jsonl")


def _extra(name: str, mode: int = stat.S_IFREG | 0o600, data: bytes = b"x") -> Callable[..., None]:
    def make(path: Path, manifest: dict[str, Any], members: Members) -> None:
        _write(path, manifest, members)
        with zipfile.ZipFile(path, "a") as archive:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, data)

    return make


def _truncated(path: Path, manifest: dict[str, Any], members: Members) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _not_a_zip(path: Path, manifest: dict[str, Any], members: Members) -> None:
    path.write_bytes(b"#!/bin/sh\nrm -rf /\n")


def _flipped(part: float) -> Callable[..., None]:
    def make(path: Path, manifest: dict[str, Any], members: Members) -> None:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo("tables/core_entry.jsonl")
        data = bytearray(path.read_bytes())
        data[info.header_offset + 100 + int((info.compress_size - 100) * part)] ^= 0xFF
        path.write_bytes(bytes(data))

    return make


def _edited_row(path: Path, manifest: dict[str, Any], members: Members) -> None:
    members["tables/core_entry.jsonl"] = members["tables/core_entry.jsonl"].replace(
        b"asset", b"nosse", 1
    )
    _write(path, manifest, members)


def _missing_table(path: Path, manifest: dict[str, Any], members: Members) -> None:
    del members["tables/core_seal.jsonl"]
    _write(path, manifest, members)


def _no_manifest(path: Path, manifest: dict[str, Any], members: Members) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _broken_manifest(path: Path, manifest: dict[str, Any], members: Members) -> None:
    _write(path, ["not", "a", "manifest"], members)


def _deep_manifest(path: Path, manifest: dict[str, Any], members: Members) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", "[" * 200_000)


def _newer(path: Path, manifest: dict[str, Any], members: Members) -> None:
    manifest["migrations"] = sorted([*manifest["migrations"], "core.9999_from_the_future"])
    _write(path, manifest, members)


def _unknown_table(path: Path, manifest: dict[str, Any], members: Members) -> None:
    members["tables/evil.jsonl"] = b"[1]\n"
    manifest["tables"].append(
        {"name": "tables/evil.jsonl", "size": 0, "sha256": "0" * 64, "rows": 1, "columns": ["x"]}
    )
    _sign(manifest, members)
    _write(path, manifest, members)


def _unknown_column(path: Path, manifest: dict[str, Any], members: Members) -> None:
    _table(manifest, "core_district")["columns"][0] = "id); DROP TABLE core_entry; --"
    _write(path, manifest, members)


def _row_too_short(path: Path, manifest: dict[str, Any], members: Members) -> None:
    members["tables/core_district.jsonl"] = b"[1]\n"
    _sign(manifest, members)
    _write(path, manifest, members)


def _wrong_type(path: Path, manifest: dict[str, Any], members: Members) -> None:
    line = json.loads(members["tables/people_school.jsonl"].splitlines()[0])
    line[0] = {"a": "number?"}
    members["tables/people_school.jsonl"] = json.dumps(line).encode() + b"\n"
    _table(manifest, "people_school")["rows"] = 1
    _sign(manifest, members)
    _write(path, manifest, members)


def _dangling(path: Path, manifest: dict[str, Any], members: Members) -> None:
    members["tables/people_school.jsonl"] = b""
    _table(manifest, "people_school")["rows"] = 0
    _sign(manifest, members)
    _write(path, manifest, members)


def _wrong_count(path: Path, manifest: dict[str, Any], members: Members) -> None:
    _table(manifest, "core_entry")["rows"] += 1
    _write(path, manifest, members)


def _file_of_another_name(path: Path, manifest: dict[str, Any], members: Members) -> None:
    file = manifest["files"][0]
    members["files/../../static/js/app.js"] = members.pop(file["name"])
    file["name"] = "files/../../static/js/app.js"
    _write(path, manifest, members)


def _swapped_file(path: Path, manifest: dict[str, Any], members: Members) -> None:
    members[manifest["files"][0]["name"]] = b"x" * manifest["files"][0]["size"]
    _write(path, manifest, members)


def _bomb(path: Path, manifest: dict[str, Any], members: Members) -> None:
    members["tables/core_entry.jsonl"] = b" " * (80 << 20)
    _sign(manifest, members)
    _write(path, manifest, members)


def _twice(path: Path, manifest: dict[str, Any], members: Members) -> None:
    _write(path, manifest, members)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("tables/core_entry.jsonl", b"")


HOSTILE = {
    "truncated": _truncated,
    "not an archive": _not_a_zip,
    **{f"a byte flipped at {n} of 8": _flipped(n / 8) for n in range(1, 8)},
    "a row edited": _edited_row,
    "a table gone": _missing_table,
    "no manifest": _no_manifest,
    "a manifest of another shape": _broken_manifest,
    "a manifest of a hundred thousand brackets": _deep_manifest,
    "a newer release": _newer,
    "an unknown table": _unknown_table,
    "an unknown column": _unknown_column,
    "a row too short": _row_too_short,
    "a value of the wrong type": _wrong_type,
    "rows that refer to nothing": _dangling,
    "a wrong count": _wrong_count,
    "a file with another name": _file_of_another_name,
    "a file with other bytes": _swapped_file,
    "a bomb": _bomb,
    "a member twice": _twice,
    "an absolute path": _extra("/etc/cron.d/evil"),
    "a path upwards": _extra("../../evil.py"),
    "a Windows path": _extra("C:\\evil.exe"),
    "a symbolic link": _extra("files/link", stat.S_IFLNK | 0o777, b"/etc/passwd"),
    "a device": _extra("files/null", stat.S_IFCHR | 0o666, b""),
    "a file that nobody named": _extra("files/" + "a" * 64),
}
