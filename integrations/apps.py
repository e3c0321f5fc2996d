from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrationsConfig(AppConfig):
    name = "integrations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import runs
        from core.journal import sentences
        from core.ops import sweeping
        from core.web import slots as web
        from integrations.actions.apply import do_apply, do_undo
        from integrations.actions.plan import do_plan
        from integrations.actions.receive import KIND, do_stage, give_up_reading
        from integrations.actions.retention import (
            blank_ended,
            claim_rows,
            forget_person,
            rename_person,
        )
        from integrations.shown import register_keys
        from people.retention import Forgetter, register_forgetter

        register_keys()
        sweeping.register_chore(blank_ended)
        sweeping.register_chore(give_up_reading)
        register_forgetter(
            Forgetter(forget_person, rename_person, claim_rows),
            "integrations.stagedrow",
            "integrations.importsession",
            "integrations.savedmapping",
        )

        runs.register_kind(KIND, do_stage, _("Reading of a file"))
        runs.register_kind("import-plan", do_plan, _("Preview of an import"))
        runs.register_kind("import", do_apply, _("Import"))
        runs.register_kind("import-undo", do_undo, _("Undo of an import"))
        sentences.register(
            {
                "mapping.saved": _("How the columns of a file are used was remembered"),
                "mapping.forgotten": _(
                    "How the columns of a file are used was forgotten with somebody"
                ),
                "import.staged": _("A file was staged: {kind}, {rows} rows"),
                "import.failed": _("A file could not be read: {kind}"),
                "import.applying": _("An import was applied"),
                "import.undoing": _("An import was undone"),
                "import.discarded": _("An import was discarded"),
                "mapping.changed": _("How a source is read was changed"),
                "import.blanked": _("What an import held was forgotten: {rows} rows"),
            }
        )
        web.nav(_("Imports"), "imports", "file-import", "integrations.import", 60)
