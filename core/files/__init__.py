"""Private files: stored under their SHA-256, written so that a crash leaves all or nothing."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from core.access import SYSTEM, Actor
from core.disk.blobs import damaged, keep_bytes, open_file, path_of
from core.journal.writing import record
from core.models.files import StoredFile
from core.time import days

__all__ = ["damaged", "forget", "keep_bytes", "open_file", "path_of", "store"]


def store(chunks: Iterable[bytes] | bytes, content_type: str, *, by: Actor = SYSTEM) -> StoredFile:
    """Keep bytes as a file; the same bytes are kept once."""
    sha256, size = keep_bytes([chunks] if isinstance(chunks, bytes) else chunks)
    with transaction.atomic():
        row, created = StoredFile.objects.get_or_create(
            sha256=sha256,
            defaults={"size": size, "content_type": content_type, "stored_at": days.now()},
        )
        if created:
            record("file.stored", row, by=by, created=True)
    return row


def forget(file: StoredFile, *, by: Actor = SYSTEM) -> bool:
    """Throw a file away, its bytes once the transaction is through; False where another record
    still names it."""
    try:
        with transaction.atomic():
            StoredFile.objects.filter(pk=file.pk).delete()
            record("file.forgotten", file, by=by, gone=True)
    except (ProtectedError, IntegrityError):
        return False
    transaction.on_commit(lambda: _unlink(file.sha256))
    return True


def _unlink(sha256: str) -> None:
    if not StoredFile.objects.filter(sha256=sha256).exists():  # nor was it brought again meanwhile
        path_of(sha256).unlink(missing_ok=True)
