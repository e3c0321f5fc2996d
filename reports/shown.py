"""Which keys of entries about reports are shown, and to whom (see core.journal.showing)."""

from core.furnishing import part
from core.journal.nouns import register_noun
from core.journal.showing import register_keys

KEYS = (
    part(register_noun, "reports.view_report", "reports.report", "reports.reportfile"),
    part(
        register_keys,
        "reports.report",
        (
            "code award school as_of known_at formats owner run made_at dataset rows "
            "of_award_alone rewritten_sha256 names_digest"
        ),
    ),
    # Where its maker held what: as the memberships of users.
    part(register_keys, "reports.report", "eyes", "people.view_user"),
    part(register_keys, "reports.reportfile", "report format file"),
)
