"""Which keys of entries about imports are shown, and to whom (see core.journal.showing)."""

from core.furnishing import part
from core.journal.nouns import register_noun
from core.journal.showing import register_keys

KEYS = (
    part(
        register_noun,
        "integrations.import",
        "integrations.importsession",
        "integrations.savedmapping",
    ),
    part(
        register_keys,
        "integrations.importsession",
        "name source file owner state headers mapping options notes plan_notes incoming run "
        "created_at personal ended_at blanked_at rows",
    ),
    part(register_keys, "integrations.savedmapping", "source mapping words answers owner shared"),
)
