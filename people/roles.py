"""Who may do what: one table, noun by role. Scope (which schools, which awards) is the
membership's; this says only what the role does inside its scope."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("District administrator")
    TECHNOLOGY_DIRECTOR = "technology_director", _("Technology director")
    TECHNICIAN = "technician", _("Technician")
    FINANCE = "finance", _("Finance officer")
    PRINCIPAL = "principal", _("Principal")
    VIEWER = "viewer", _("View only")
    AUDITOR = "auditor", _("Auditor")
    SERVICE = "service", _("Service account")


# What reading gives. An auditor sees people as pseudonyms (AwardMembership), so not people.view.
_VIEW = {
    "assets.view_asset", "people.view_school", "people.view_person", "funding.view_purchase",
    "core.view_activity",
}  # fmt: skip
_DESK = _VIEW | {
    "assets.register_asset", "assets.assign_asset", "assets.return_asset", "assets.move_asset",
    "assets.verify_asset", "assets.change_asset", "assets.change_status", "assets.print_labels",
    "assets.correct_asset", "core.attach", "people.change_room", "integrations.import",
    "people.create_token",
}  # fmt: skip
_MONEY = _VIEW | {
    "funding.view_award", "funding.change_award", "funding.change_purchase", "funding.change_share",
    "funding.view_cost", "funding.change_vendor", "assets.dispose_asset", "reports.make_report",
    "reports.view_report", "core.attach", "integrations.import", "people.create_token",
    "assets.correct_asset",
}  # fmt: skip
_DIRECTOR = _DESK | {
    "funding.view_award", "funding.view_cost", "reports.make_report", "reports.view_report",
    "assets.dispose_asset", "assets.merge_asset", "assets.void_asset", "assets.reopen_asset",
    "people.change_person", "people.change_school", "assets.change_catalog", "core.view_runs",
    "core.view_metrics",
}  # fmt: skip

POLICY: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(
        _DIRECTOR | _MONEY | {
            "people.change_user", "core.change_district", "people.view_user", "core.backup",
            "people.erase_person", "funding.change_parameter", "funding.approve_share",
        }
    ),
    Role.TECHNOLOGY_DIRECTOR: frozenset(_DIRECTOR),
    Role.TECHNICIAN: frozenset(_DESK),
    # Never a service account: it is the second person that is asked for.
    Role.FINANCE: frozenset(_MONEY | {"funding.approve_share"}),
    Role.PRINCIPAL: frozenset(_VIEW),
    Role.VIEWER: frozenset(_VIEW),
    Role.AUDITOR: frozenset({
        "assets.view_asset", "funding.view_award", "funding.view_purchase", "funding.view_cost",
        "reports.view_report", "reports.make_report",
    }),
    Role.SERVICE: frozenset(_DIRECTOR | _MONEY),
}  # fmt: skip

#: What concerns everybody. A membership at one school never gives it, whatever its role: who could
#: reset any password from there would be administrator of the district.
DISTRICT_WIDE: frozenset[str] = frozenset({
    "people.change_user", "people.view_user", "core.change_district", "core.backup",
    "core.view_runs", "core.view_metrics", "funding.change_parameter", "people.erase_person",
    "funding.approve_share",
})  # fmt: skip

#: Every permission there is; a permission outside this set is a misspelling.
PERMISSIONS: frozenset[str] = frozenset().union(*POLICY.values())


def allows(role: str, perm: str) -> bool:
    """Whether a role includes a permission. Raises KeyError for a misspelled permission."""
    if perm not in PERMISSIONS:
        raise KeyError(f"unknown permission {perm!r}: see people/roles.py")
    return perm in POLICY.get(role, frozenset())
