"""What an archive says of itself, and which tables it holds."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1
NAME = "manifest.json"
#: Apps whose rows are made by `migrate`, or are worth nothing on another day.
_NOT_KEPT_APPS = {"contenttypes", "auth", "sessions"}
_NOT_KEPT = {"core.lease", "core.heart", "core.idempotencykey"}


@dataclass(frozen=True)
class Member:
    """A member of the archive: its size and SHA-256 unpacked. `rows` for a table."""

    name: str
    size: int
    sha256: str
    rows: int = 0
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Manifest:
    format: int
    made_at: str
    district: str
    head: list[Any]
    migrations: list[str]
    tables: list[Member]
    files: list[Member]
    #: Files whose bytes were gone or damaged already when the backup was made.
    missing: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def members(self) -> list[Member]:
        return [*self.tables, *self.files]


def kept_models() -> list[type[models.Model]]:
    """Every table that a backup holds, in a fixed order."""
    found = [
        m
        for m in apps.get_models(include_auto_created=True)
        if m._meta.managed
        and not m._meta.proxy
        and m._meta.app_label not in _NOT_KEPT_APPS
        and m._meta.label_lower not in _NOT_KEPT
    ]
    return sorted(found, key=lambda m: m._meta.db_table)


def columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The stored fields of a table."""
    return [f for f in model._meta.concrete_fields if not getattr(f, "generated", False)]


def table_member(model: type[models.Model]) -> str:
    return f"tables/{model._meta.db_table}.jsonl"


def file_member(sha256: str) -> str:
    return f"files/{sha256}"


def migrations() -> list[str]:
    """The migrations that this database has, as app.name."""
    return _named(MigrationRecorder(connection).applied_migrations())


def migrations_of_this_release() -> list[str]:
    """The migrations that this release has, whatever this database is at, as app.name."""
    return _named(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _named(found: Iterable[tuple[str, str]]) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in found)
