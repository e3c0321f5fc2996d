"""What whoever brings a list may do with a thing that is here: told before it is applied."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assets.models import Asset, Status
from core.access import Actor, may
from integrations.kinds.assets.row import AssetPlan

#: What a row changes -> the permission of the act that does it.
NEEDED = {
    "description": "assets.change_asset",
    "use": "assets.change_asset",
    "title_holder": "assets.change_asset",
    "acquired_on": "assets.change_asset",
    "condition": "assets.change_asset",
    "tag": "assets.correct_asset",
    "serial": "assets.correct_asset",
    "product": "assets.correct_asset",
    "school": "assets.correct_asset",
    "last_verified_on": "assets.verify_asset",
    "status": "assets.change_status",
    "room": "assets.move_asset",
}


def refuse_others(plan: AssetPlan, asset: Asset, by: Actor) -> None:
    """Refuse what the acts of the row's changes would: where its school is not theirs to do it."""
    told: set[str] = set()
    for name, permission in _needed(plan, asset):
        if permission in told or may(by, permission, asset):
            continue
        told.add(permission)
        plan.refuse(name, _("Your role does not allow you to change this of %s.") % asset.tag)


def _needed(plan: AssetPlan, asset: Asset) -> Iterator[tuple[str, str]]:
    """(field, permission) of each change that is one of its own."""
    changes = plan.changes.shown()
    if asset.status == Status.VOID:  # it comes back as the row says, by one act
        if changes:
            # What only undone imports said of comes as it came first.
            spoken = plan.values.spoken_of
            yield "status", "assets.void_asset" if spoken else "assets.register_asset"
        return
    for name in changes:
        if name == "holder":
            if asset.holder_id:
                yield name, "assets.return_asset"
            if plan.values.holder_row is not None:
                yield name, "assets.assign_asset"
        elif name in NEEDED:
            yield name, NEEDED[name]
