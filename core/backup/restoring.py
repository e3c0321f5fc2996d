"""Putting an archive back: all of it or nothing, and `verify` at the end."""

import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from core import files
from core.backup import manifest
from core.backup.checking import Refusal, check, chunks_of, rows_of
from core.backup.manifest import Manifest, Member
from core.forgetting import erasures
from core.journal import guards, verify
from core.models import District, Entry, Lease

_BATCH = 1000


def restore(path: Path, *, replace: bool = False) -> tuple[Manifest, verify.Result]:
    """Put an archive's district in place of what is here: rows and files.

    Raises Refusal, with nothing written, where the archive is not whole or not ours, or where a
    district lives here and `replace` is not said. Other processes must be stopped."""
    made = check(path)
    # Only now: an archive that is refused changes nothing here.
    call_command("migrate", verbosity=0, interactive=False)
    if District.objects.exists() and not replace:
        raise Refusal(
            "A district lives here already. Say --replace to put the archive in its place."
        )
    # Who was forgotten since the archive was made is known here, or beside it.
    erasures.note()
    erasures.take(path.parent)
    with zipfile.ZipFile(path) as archive:
        # Files first: they are named by their content, so that a crash leaves some that nobody
        # names, and never a row without its file.
        for member in made.files:
            files.keep_bytes(chunks_of(archive, member))
        try:
            with transaction.atomic():
                guards.lift()
                _clear()
                for model, member in zip(manifest.kept_models(), made.tables, strict=True):
                    _fill(archive, model, member)
                _reset_sequences()
                connection.check_constraints()
        except DatabaseError as error:
            raise Refusal(
                f"Its rows contradict each other, nothing was changed: {error}"
            ) from error
        finally:
            guards.install()
    return made, verify.verify(printed_head=(made.head[0], made.head[1]))


def _clear() -> None:
    """Empty every kept table. In one statement's order they may refer to each other: the
    references are checked at the end. Leases say how far another journal was sealed."""
    Lease.objects.all().delete()
    with connection.cursor() as cursor:
        for model in reversed(manifest.kept_models()):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _fill(archive: zipfile.ZipFile, model: type[models.Model], member: Member) -> None:
    names = [f.attname for f in manifest.columns(model)]
    rows: Iterator[list[Any]] = rows_of(archive, model, member)
    while batch := list(islice(rows, _BATCH)):
        made = [model(**dict(zip(names, row, strict=True))) for row in batch]
        for entry in made:
            if isinstance(entry, Entry):
                entry.txid = 0  # a transaction of another cluster; here all of them are over
        model._base_manager.bulk_create(made)


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), manifest.kept_models()):
            cursor.execute(statement)
