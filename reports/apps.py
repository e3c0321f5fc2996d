from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import forgetting, runs
        from core.journal import sentences
        from core.journal.heads import register_heads
        from core.journal.verify import register_check
        from core.web import slots as web
        from people.retention import Forgetter, register_forgetter
        from reports import actions, checks, panels
        from reports.actions import names, words
        from reports.shown import register_keys

        register_check(checks.datasets_are_as_printed)
        register_check(checks.names_are_as_made)
        register_heads(checks.heads_of_reports)

        register_keys()
        runs.register_kind("report", actions.make_report, _("Report"))
        runs.register_kind(names.REMAKE, actions.make_files_again, _("Files of a report"))
        forgetting.register_copies(words.forget)
        register_forgetter(Forgetter(names.forget), "reports.reportperson")
        sentences.register(
            {
                "report.names_erased": _("What names somebody was erased in a report"),
                "report.files_made": _("The files of a report were made again"),
                "report.requested": _("A report was asked for, as of {as_of}"),
                "report.made": _("A report was made"),
            }
        )
        web.nav(_("Reports"), "reports", "report", "reports.view_report", 25)
        web.panel(
            "funding.award.acts",
            "reports/panel_award.html",
            "reports.make_report",
            lambda request, award: {"award": award},
            10,
        )
        web.panel(
            "funding.award", "reports/panel_made.html", "reports.view_report", panels.of_award, 5
        )
