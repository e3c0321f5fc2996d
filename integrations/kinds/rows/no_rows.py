"""Rows of a file that are none of their own, by their looks: they are refused until somebody says
that one is."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from integrations.gone_sections import names_gone, says_gone
from integrations.kinds.rows.changes import Changes
from integrations.kinds.rows.decided import OF_THE_ROW, chosen
from integrations.kinds.rows.planned import Planned, Row
from integrations.kinds.rows.questions import NONE
from integrations.models import StagedRow
from integrations.sections import BESIDE, is_section, repeats_headings
from integrations.totals import CODES, alone, is_foot, is_total, whole


def no_row(row: StagedRow, mapping: Mapping[str, str], names: Mapping[str, frozenset[str]]) -> str:
    """Why a row of the file is none, whatever is here; empty where it is one. `names`: what each
    field's column is called."""
    raw = row.raw
    if chosen(row, OF_THE_ROW) == "row":
        return ""
    text = whole(raw)
    if is_total(raw, text, mapping):
        return _(
            "It looks like a row of totals, which is no row of its own. "
            "Leave it out, or correct it."
        )
    if is_foot(raw, text):
        return _("It looks like the foot of a page, which is no row of its own. Leave it out.")
    said = [(f, raw[h]) for h, f in mapping.items() if f not in BESIDE and raw.get(h, "").strip()]
    if len(said) == 1 and (
        says_gone(said[0][1]) or (said[0][0] in CODES and names_gone(said[0][1]))
    ):
        return _(
            "It looks like the name of a section or a remark, which is no row of its own. "
            "Leave it out, or correct it."
        )
    if repeats_headings(raw, mapping, names):
        return _("It looks like headings, which are no row of their own. Leave it out.")
    return ""


def ask_section(plan: Planned[Row, Changes], mapping: Mapping[str, str]) -> bool:
    """Whether a row that would bring in something new is refused as the name of a section: what
    is here already may be called so."""
    raw = plan.row.raw
    if not is_section(raw, mapping) and alone(raw, mapping) != "local_id":
        return False
    message = _(
        "It looks like the name of a section or a remark, which is no row of its own. "
        "Leave it out, or correct it."
    )
    return not plan.ask(NONE, "", message)
