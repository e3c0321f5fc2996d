"""Lists that have one row per funding source: a thing stands in as many rows as awards pay for it.
Taken one by one, the first would bring it in with a part of its money."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from assets.codes.nothing import EMPTY
from assets.models.keys import code_key
from integrations.kinds.assets.row import AssetPlan
from integrations.models import ImportSession, StagedRow
from integrations.sections import listed

#: The rows of a thing that several rows name, each with another award, by its tag or else its
#: serial number.
Funded = dict[str, list[int]]


def funded_in_parts(session: ImportSession) -> Funded:
    """The things of a file that several of its rows name, with other awards. Once it is applied,
    batch by batch, their rows are refused already: it is not read for each."""
    if session.state == ImportSession.State.APPLYING:
        return {}
    column = {field: header for header, field in session.mapping.items()}
    if "award_1" not in column or not {"tag", "serial"} & set(column):
        return {}
    awards: dict[str, set[str]] = {}
    serials: dict[str, set[str]] = {}
    rows: Funded = {}
    staged = StagedRow.objects.filter(session=session, left_out=False, blanked=False)
    for number, raw in staged.order_by("number").values_list("number", "raw").iterator():
        serial = _cell(raw, column, "serial")
        key = _key(_cell(raw, column, "tag"), serial)
        award = _cell(raw, column, "award_1").lower()
        if key and award and award not in EMPTY:
            serials.setdefault(key, set()).update({code_key(serial)} - {""})
            awards.setdefault(key, set()).add(award)
            rows.setdefault(key, []).append(number)
    # Two serial numbers are two things, whatever their tag.
    return {
        key: rows[key] for key, said in awards.items() if len(said) > 1 and len(serials[key]) < 2
    }


def refuse_parts(plan: AssetPlan, funded: Funded) -> None:
    """Refuse each of the rows: which award pays how much is one row's to say."""
    v = plan.values
    rows = funded.get(_key(v.tag or "", v.serial or "")) if funded else None
    if rows:
        message = _(
            "The rows %(rows)s name one item, each with another award. Write all awards into one "
            "of them (award 1 with amount 1, award 2 with amount 2) and leave the others out."
        )
        plan.refuse("award_1", message % {"rows": listed(sorted(set(rows)))})


def _cell(raw: Mapping[str, str], column: Mapping[str, str], field: str) -> str:
    return " ".join(str(raw.get(column.get(field, ""), "")).split())


def _key(tag: str, serial: str) -> str:
    return code_key(tag) or (f"serial:{code_key(serial)}" if serial else "")
