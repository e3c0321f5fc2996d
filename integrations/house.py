"""What imports add to the house."""

from django.utils.translation import gettext_lazy as _

from core.furnishing import part
from core.journal.sentences import register_sentences
from core.ops.sweeping import register_chore
from core.runs import register_kind
from core.web.slots import nav
from integrations.actions import retention
from integrations.actions.apply import do_apply, do_undo
from integrations.actions.plan import do_plan
from integrations.actions.receive import KIND, do_stage, give_up_reading
from integrations.kinds.assets.kind import AssetImport
from integrations.kinds.awards.kind import AwardImport
from integrations.kinds.people.kind import PeopleImport
from integrations.kinds.places.kind import PlaceImport
from integrations.kinds.registry import all_declared, register_import
from integrations.shown import KEYS
from people.retention import Forgetter, register_forgetter

SENTENCES = {
    "mapping.saved": _("How the columns of a file are used was remembered"),
    "mapping.forgotten": _("How the columns of a file are used was forgotten with somebody"),
    "import.staged": _("A file was staged: {kind}, {rows} rows"),
    "import.failed": _("A file could not be read: {kind}"),
    "import.applying": _("An import was applied"),
    "import.undoing": _("An import was undone"),
    "import.discarded": _("An import was discarded"),
    "mapping.changed": _("How a source is read was changed"),
    "import.blanked": _("What an import held was forgotten: {rows} rows"),
}

HOUSE = (
    part(nav, _("Imports"), "imports", "file-import", "integrations.import", 60),
    part(register_sentences, SENTENCES),
    part(register_import, PlaceImport()),
    part(register_import, PeopleImport()),
    part(register_import, AssetImport()),
    part(register_import, AwardImport()),
    part(all_declared),
    part(register_kind, KIND, do_stage, _("Reading of a file")),
    part(register_kind, "import-plan", do_plan, _("Preview of an import")),
    part(register_kind, "import", do_apply, _("Import")),
    part(register_kind, "import-undo", do_undo, _("Undo of an import")),
    part(register_chore, retention.blank_ended),
    part(register_chore, give_up_reading),
    part(
        register_forgetter,
        Forgetter(retention.forget_person, retention.rename_person, retention.claim_rows),
        "integrations.stagedrow",
        "integrations.importsession",
        "integrations.savedmapping",
    ),
    *KEYS,
)
