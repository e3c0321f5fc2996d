"""Which keys of entries about reports are shown, and to whom (see core.journal.showing)."""

from core.journal.showing import register


def register_keys() -> None:
    """Called once, when the app is ready."""
    register(
        "reports.report",
        (
            "code award school as_of known_at formats owner run made_at dataset rows "
            "of_award_alone rewritten_sha256 names_digest"
        ),
    )
    # Where its maker held what: as the memberships of users.
    register("reports.report", "eyes", "people.view_user")
    register("reports.reportfile", "report format file")
