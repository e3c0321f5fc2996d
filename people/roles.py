"""Who may do what: one table, noun by role. Scope (which schools, which awards) is the
membership's; this says only what the role does inside its scope, and what of it is the district's
alone.
"""

from collections.abc import Mapping
from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access import NAMES


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
    "people.create_token", "assets.add_product", "assets.reserve_tags",
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
    "core.view_metrics", "integrations.change_mapping",
}  # fmt: skip

POLICY: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(
        _DIRECTOR | _MONEY | {
            "people.change_user", "core.change_district", "people.view_user", "core.backup",
            "people.erase_person", "funding.change_parameter", "funding.approve_share",
            "core.manage_runs",
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

#: What is the district's alone. A membership at one school, or for one award, never gives it,
#: whatever its role: who could reset any password from there would be administrator of the
#: district, and awards, schools, products and tag numbers are shared.
DISTRICT_WIDE: frozenset[str] = frozenset({
    "people.change_user", "people.view_user", "core.change_district", "core.backup",
    "core.view_runs", "core.manage_runs", "core.view_metrics", "people.erase_person",
    "people.change_school", "assets.change_catalog", "assets.add_product", "assets.reserve_tags",
    "funding.change_award", "funding.change_purchase", "funding.change_share",
    "funding.change_vendor", "funding.approve_share", "funding.change_parameter",
    "integrations.change_mapping",
})  # fmt: skip
#: What a membership at one school, or for one award, may give: it is about the things, rooms and
#: people of that school, or about that award; an import is held to the school of each row.
WITHIN: frozenset[str] = frozenset({
    "assets.view_asset", "assets.register_asset", "assets.assign_asset", "assets.return_asset",
    "assets.move_asset", "assets.verify_asset", "assets.change_asset", "assets.change_status",
    "assets.print_labels", "assets.correct_asset", "assets.merge_asset", "assets.void_asset",
    "assets.dispose_asset", "assets.reopen_asset", "people.view_school", "people.view_person",
    "people.change_person", "people.change_room", "people.create_token", "funding.view_award",
    "funding.view_purchase", "funding.view_cost", "reports.view_report", "reports.make_report",
    "integrations.import", "core.attach", "core.view_activity",
})  # fmt: skip


def placed(
    policy: Mapping[str, frozenset[str]], district_wide: frozenset[str], within: frozenset[str]
) -> frozenset[str]:
    """All that roles give. Raises LookupError for a permission that is in neither set or in both,
    or that no role gives: one that was forgotten would be given at every school, or to nobody."""
    given = frozenset[str]().union(*policy.values())
    if wrong := (given ^ (district_wide | within)) | (district_wide & within):
        raise LookupError(
            f"people/roles.py: {', '.join(sorted(wrong))}: what a role gives is either "
            "DISTRICT_WIDE or WITHIN one school or award"
        )
    return given


#: Every permission there is; a permission outside this set is a misspelling.
PERMISSIONS = placed(POLICY, DISTRICT_WIDE, WITHIN)
#: The most that a membership at a school, or for an award, can allow.
BY_SCOPE = WITHIN | {NAMES}


def known(perm: str) -> str:
    """The permission itself. Raises KeyError for a misspelled one."""
    if perm not in PERMISSIONS:
        raise KeyError(f"unknown permission {perm!r}: see people/roles.py")
    return perm


@cache
def allowed_everywhere(role: str) -> frozenset[str]:
    """What a role allows in the whole district. Who sees people sees them by name."""
    held = POLICY.get(role, frozenset())
    return held | {NAMES} if "people.view_person" in held else held


@cache
def allowed_at_a_school(role: str) -> frozenset[str]:
    """What a role allows where it reaches one school."""
    return allowed_everywhere(role) & BY_SCOPE


@cache
def allowed_for_an_award(role: str, pseudonyms: bool) -> frozenset[str]:
    """What a role allows on what one award pays for; whether people show there by name is the
    membership's. Who is to see no name gets no more than an auditor, whatever the role: to hand
    out, to scan an id and to write to people's records is to know them."""
    held = POLICY.get(role, frozenset()) & WITHIN
    return held & POLICY[Role.AUDITOR] if pseudonyms else held | {NAMES}


def names_people(role: str) -> bool:
    """Whether a role works with people by name, so that it cannot be given with pseudonyms."""
    return "people.view_person" in POLICY.get(role, frozenset())
