"""What stands beneath the name of a section that says that it is gone, and says nothing of it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from integrations.kinds.rows.changes import Changes
from integrations.kinds.rows.decided import UNDER
from integrations.kinds.rows.planned import Planned, Row
from integrations.kinds.rows.questions import Question


def section_of(plan: Planned[Row, Changes]) -> str:
    """The name of the section, as the file has it; empty where a row stands beneath none."""
    return str(plan.row.decisions.get(UNDER, ""))


def ask_beneath(
    plan: Planned[Row, Changes], mapping: Mapping[str, str], asked: Question, *fields: str
) -> str:
    """Refuse the row, and ask, until somebody says what it is; what they said. `fields`: those that
    say whether something or somebody is here. Where one of them says so, nothing is asked."""
    section = section_of(plan)
    if not section or plan.silent & set(fields):
        return ""
    if any(getattr(plan.values, name) is not None for name in fields):
        return ""
    message = _("It stands beneath “%s”, and says nothing of that itself: say what it is.")
    name = next((f for f in mapping.values() if f in fields), "")
    return plan.ask(asked, name, message % section, section.casefold())
