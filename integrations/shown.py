"""Which keys of entries about imports are shown, and to whom (see core.journal.showing)."""

from core.journal.showing import register


def register_keys() -> None:
    """Called once, when the app is ready."""
    register(
        "integrations.importsession",
        "name source file owner state headers mapping options notes plan_notes incoming "
        "run created_at personal ended_at "
        "blanked_at rows",
    )
    register("integrations.savedmapping", "source mapping words owner shared")
