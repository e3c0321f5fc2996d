"""The district's settings."""

from datetime import date
from typing import Any

from django.db import transaction

from core.access import Actor, require
from core.journal.writing import changed, record, save_changes
from core.models import District, DistrictSetting
from core.problems import refuse_if
from people.rules.numbering import prefix_problems
from people.rules.zone import zone_problems


def change_district(*, by: Actor, **values: Any) -> District:
    """Change the district's name, numbers, tags or public address; and its zone, as long as
    nothing is dated that this would move."""
    with transaction.atomic():
        require(by, "core.change_district")
        # Two administrators may change it at once: each entry has what the other wrote.
        district = District.objects.select_for_update().get()
        changes = changed(district, **values)
        if "time_zone" in changes:
            refuse_if(zone_problems(*changes["time_zone"]))
        if "tag_prefix" in changes:
            refuse_if(prefix_problems(district.tag_prefix, district.tag_length))
        if changes:
            save_changes(district, changes)
            record("district.changed", district, by=by, changes=changes)
    return district


def set_setting(key: str, value: Any, *, by: Actor, starts_on: date) -> DistrictSetting:
    """Set a dated setting from a day on; what it was before stays for the days before."""
    with transaction.atomic():
        require(by, "core.change_district")
        # Two administrators may set the same day: each entry has what the other wrote.
        row = (
            DistrictSetting.objects.select_for_update().filter(key=key, starts_on=starts_on).first()
        )
        if row is None:
            row = DistrictSetting.objects.create(key=key, value=value, starts_on=starts_on)
            record("setting.set", row, by=by, created=True, data={"key": key})
        elif changes := changed(row, value=value):
            save_changes(row, changes)
            record("setting.set", row, by=by, changes=changes, data={"key": key})
    return row
