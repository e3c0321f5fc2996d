"""The district's settings."""

from typing import Any

from django.db import transaction

from core.access import Actor, require
from core.journal import changed, record, save_changes
from core.models import District


def change_district(*, by: Actor, **values: Any) -> District:
    """Change the district's name, numbers, zone, tags or public address."""
    with transaction.atomic():
        require(by, "core.change_district")
        district = District.objects.select_for_update().get()
        changes = changed(district, **values)
        if changes:
            save_changes(district, changes)
            record("district.changed", district, by=by, changes=changes)
    return district
