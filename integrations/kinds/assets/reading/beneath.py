"""Things beneath the name of a section that says that they are gone, in a list that has no column
for it."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from assets.models import Status
from integrations.kinds.assets.questions import BENEATH, GONE_SO
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.rows.beneath import ask_beneath, section_of


def stand_beneath(plan: AssetPlan, mapping: Mapping[str, str]) -> None:
    """Give a row the status that somebody said of it, or of its section."""
    choice = ask_beneath(plan, mapping, BENEATH, "status", "disposed_on")
    if choice == "section":
        named = re.findall(r"\w+", section_of(plan).lower())
        statuses = [s for s in GONE_SO if s in named]
        if len(statuses) == 1:
            plan.values.status = str(statuses[0])
        else:
            message = _("“%s” names none of these statuses, or several: choose one.")
            plan.not_allowed(BENEATH, "status", message % section_of(plan))
    elif choice in GONE_SO:
        plan.values.status = str(Status(choice))
