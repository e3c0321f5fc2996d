"""What the database refused, as the Problem that a rule would have given."""

import re

from django.apps import apps
from django.db import IntegrityError
from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _

from core.problems import Problem


def taken(error: IntegrityError) -> Problem | None:
    """Two people saved the same in one moment, both past the rule: what the second is told.
    None where the refusal is of another sort, which is a fault of ours."""
    found = _broken(error)
    if found is None:
        return None
    code = found.violation_error_code
    return Problem(
        code if code and code != "unique" else "taken",
        _("Somebody saved the same just before you. Look again."),
        found.fields[0] if len(found.fields) == 1 else None,
    )


def _column(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "column", name))


def _broken(error: IntegrityError) -> UniqueConstraint | None:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    told = re.search(r"UNIQUE constraint failed: (?:index '(\w+)'|(.+))", str(error))
    if told:
        name = name or told[1]
    columns = {c.strip() for c in told[2].split(",")} if told and told[2] else set()
    for model in apps.get_models():
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                fields = {f"{table}.{_column(model, f)}" for f in constraint.fields}
                if constraint.name == name or (columns and fields == columns):
                    return constraint
    return None
