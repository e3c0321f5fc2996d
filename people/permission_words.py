"""Permissions in the words of whoever grants them (to a token)."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "assets.view_asset": _("See items"),
    "assets.register_asset": _("Register items"),
    "assets.change_asset": _("Edit what items are"),
    "assets.change_status": _("Change an item's status"),
    "assets.assign_asset": _("Check out"),
    "assets.return_asset": _("Check in"),
    "assets.move_asset": _("Move items"),
    "assets.verify_asset": _("Note that an item was seen"),
    "assets.print_labels": _("Print labels"),
    "assets.correct_asset": _("Correct what was recorded wrongly"),
    "assets.merge_asset": _("Merge two rows of one item"),
    "assets.void_asset": _("Void items"),
    "assets.dispose_asset": _("Dispose of items"),
    "assets.reopen_asset": _("Reopen a disposal"),
    "assets.change_catalog": _("Change categories and products"),
    "assets.add_product": _("Add products to the catalog"),
    "assets.reserve_tags": _("Reserve tag numbers of the district"),
    "people.view_school": _("See schools and rooms"),
    "people.change_school": _("Change schools"),
    "people.change_room": _("Change rooms"),
    "people.view_person": _("See people"),
    "people.change_person": _("Change people of the roster"),
    "people.erase_person": _("Forget people"),
    "people.view_user": _("See users and their roles"),
    "people.change_user": _("Change users and their roles"),
    "people.create_token": _("Make tokens"),
    "funding.view_award": _("See awards"),
    "funding.change_award": _("Change awards"),
    "funding.view_purchase": _("See purchases"),
    "funding.change_purchase": _("Record purchases and what was received"),
    "funding.change_vendor": _("Change vendors"),
    "funding.view_cost": _("See costs and amounts"),
    "funding.change_share": _("Say which awards pay"),
    "funding.approve_share": _("Decide where somebody asked for other awards"),
    "funding.change_parameter": _("Change thresholds and other parameters"),
    "reports.view_report": _("See reports"),
    "reports.make_report": _("Make reports"),
    "integrations.import": _("Import files"),
    "integrations.change_mapping": _("Change how others' shared sources are read"),
    "core.attach": _("Attach files"),
    "core.view_activity": _("See the activity"),
    "core.view_runs": _("See everybody's runs"),
    "core.manage_runs": _("Cancel everybody's runs and try them again"),
    "core.view_metrics": _("See the figures of operation (Prometheus)"),
    "core.backup": _("Make backups"),
    "core.change_district": _("Change the district's settings"),
}


def in_words(perms: Iterable[str]) -> list[str]:
    """Permissions as they are read, in the order of this table."""
    held = set(perms)
    return [str(words) for perm, words in WORDS.items() if perm in held]
