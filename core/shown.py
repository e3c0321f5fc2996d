"""Which keys of core's entries are shown, and to whom (see core.journal.showing)."""

from core.journal.showing import ANY, register


def register_keys() -> None:
    """Called once, when the app is ready."""
    register(ANY, "id reason into kind attachment sha256 whole gone")
    register(
        "core.district",
        "name uei ben state time_zone fiscal_year_start_month tag_prefix tag_length "
        "public_address words "
        "demonstration one step made_at head entries size files file version",
    )
    register("core.districtsetting", "district key value starts_on")
    register(
        "core.approval", "step asked_by asked_at decided_by decided_at decision salt taken_back_at"
    )
    register("core.storedfile", "size content_type stored_at")
    register(
        "core.attachment", "subject_type subject file name note attached_at attached_by removed_at"
    )
