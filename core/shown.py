"""Which keys of core's entries are shown, and to whom (see core.journal.showing)."""

from core.furnishing import part
from core.journal.nouns import register_noun
from core.journal.showing import ANY, register_keys

KEYS = (
    part(register_noun, "core.change_district", "core.district", "core.districtsetting"),
    # A step of a proposal, a file of a record: told with that. No page has them by themselves.
    part(
        register_noun,
        "core.change_district",
        "core.approval",
        "core.attachment",
        "core.storedfile",
        of_any=True,
    ),
    part(register_keys, ANY, "id reason into kind attachment sha256 whole gone"),
    part(
        register_keys,
        "core.district",
        "name uei ben state time_zone fiscal_year_start_month tag_prefix tag_length "
        "public_address words demonstration one step made_at head entries size files file version",
    ),
    part(register_keys, "core.districtsetting", "district key value starts_on"),
    part(
        register_keys,
        "core.approval",
        "step asked_by asked_at decided_by decided_at decision salt taken_back_at",
    ),
    part(register_keys, "core.storedfile", "size content_type stored_at"),
    part(
        register_keys,
        "core.attachment",
        "subject_type subject file name note attached_at attached_by removed_at",
    ),
)
