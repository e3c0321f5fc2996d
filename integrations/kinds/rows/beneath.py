"""What stands beneath the name of a section that says that it is gone, and says nothing of it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from integrations.kinds.rows.changes import Changes
from integrations.kinds.rows.decided import UNDER
from integrations.kinds.rows.planned import Planned, Row
from integrations.kinds.rows.questions import BENEATH

#: Fields that say whether something or somebody is here.
_SAYING = ("status", "disposed_on", "active", "enroll_status", "left_on")


def ask_beneath(plan: Planned[Row, Changes], mapping: Mapping[str, str]) -> None:
    """Refuse the row, and ask, until somebody says that it is here all the same."""
    section = str(plan.row.decisions.get(UNDER, ""))
    fields = [name for name in _SAYING if hasattr(plan.values, name)]
    if not section or not fields:
        return  # of a school or an award nobody says so
    if any(getattr(plan.values, name) is not None for name in fields) or plan.silent & set(fields):
        return
    message = _(
        "It stands beneath “%s”, and says nothing of that itself. Write it in a column of its own, "
        "or say that it is here."
    )
    name = next((f for f in mapping.values() if f in fields), "")
    plan.ask(BENEATH, name, message % section, section.casefold())
