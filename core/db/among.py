"""`column__among`: `__in` for hundreds of keys. PostgreSQL is given them as one value: Django
converts, checks and places each key of an `__in` alone, which takes longer than finding the rows.

The keys are values as the column holds them (texts, numbers), never rows or a query."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignKey, Lookup
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


class Among(Lookup):
    """Whether a column holds one of some keys."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[Any]:
        return list(self.rhs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return In(self.lhs, self.rhs).as_sql(compiler, connection)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Any]:
        if not self.rhs:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, self.rhs]


Field.register_lookup(Among)
#: What leads to another row looks for lookups of its own.
ForeignKey.register_lookup(Among)
