"""Bytes under their SHA-256: written aside, synced, then renamed."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path

from django.conf import settings

from core.models.files import StoredFile


def path_of(sha256: str) -> Path:
    """Where a file with this digest lies; only the server's own names touch the disk."""
    if len(sha256) != 64 or not all(c in "0123456789abcdef" for c in sha256):
        raise ValueError("not a SHA-256")
    return Path(settings.FILES_DIR) / sha256[:2] / sha256


def keep_bytes(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Put bytes under their SHA-256: written aside, synced, then renamed. (SHA-256, size)."""
    base = Path(settings.FILES_DIR)
    base.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=base, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        path = path_of(digest.hexdigest())
        path.parent.mkdir(exist_ok=True, mode=0o700)
        Path(name).replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def open_file(file: StoredFile) -> BufferedReader:
    """The bytes of a stored file, opened for reading. Raises FileNotFoundError where they are
    gone."""
    return path_of(file.sha256).open("rb")


def damaged(file: StoredFile) -> bool:
    """Whether the bytes on disk are not what they were."""
    try:
        with open_file(file) as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() != file.sha256
    except (FileNotFoundError, ValueError):  # gone, or the row names no file of ours
        return True
