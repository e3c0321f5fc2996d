"""What reports add to the house."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.forgetting import register_copies
from core.furnishing import part
from core.journal.heads import register_heads
from core.journal.sentences import register_sentences
from core.journal.verify import register_check
from core.ops.logs import register_secret_addresses
from core.runs import register_kind
from core.web.slots import nav, panel
from people.retention import Forgetter, register_forgetter
from reports import actions, checks, panels
from reports.actions import names, words
from reports.shown import KEYS

SENTENCES = {
    "report.names_erased": _("What names somebody was erased in a report"),
    "report.files_made": _("The files of a report were made again"),
    "report.requested": _("A report was asked for, as of {as_of}"),
    "report.made": _("A report was made"),
}


def _of(request: Any, award: Any) -> dict[str, Any]:
    return {"award": award}


HOUSE = (
    part(register_secret_addresses, "verify"),
    part(nav, _("Reports"), "reports", "report", "reports.view_report", 25),
    part(
        panel,
        "funding.award.acts",
        "reports/panel_award.html",
        "reports.make_report",
        _of,
        10,
    ),
    part(
        panel,
        "funding.award",
        "reports/panel_made.html",
        "reports.view_report",
        panels.of_award,
        5,
    ),
    part(register_sentences, SENTENCES),
    part(register_kind, "report", actions.make_report, _("Report")),
    part(register_kind, names.REMAKE, actions.make_files_again, _("Files of a report")),
    part(register_check, checks.datasets_are_as_printed),
    part(register_check, checks.names_are_as_made),
    part(register_heads, checks.heads_of_reports),
    part(register_copies, words.forget),
    part(register_forgetter, Forgetter(names.forget), "reports.reportperson"),
    *KEYS,
)
