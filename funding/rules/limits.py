"""From which amount on money that is not federal needs a second person: for whom, since when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.models import DistrictSetting, Entry
from core.time import days
from funding.models import Unit
from people.rules.behind import behind

#: District setting: from this amount on also money that is not federal needs a second person.
FROM_AMOUNT = "reclassification_approval_from"
#: Acts that take money off a unit or give it to another award; to date its thing may do so, too.
MOVES = (
    "unit.received",
    "unit.shared",
    "unit.reclassified",
    "unit.voided",
    "unit.paid_from",
)
#: What moved of one purchase within so many days counts together.
TOGETHER = timedelta(days=365)


@dataclass(frozen=True)
class Limit:
    """An amount, and since when what is moved counts against it."""

    amount: Decimal
    since: datetime


def limit_for(by: Any, day: date) -> Limit | None:
    """The amount in force on a day for what `by` moves; None: the district set none.

    Who set it, or acts by an account of who did, is held to the lowest of what they set since
    somebody else did, and of that: nobody raises it to move something, and lowers it again."""
    # Two may move parts of one purchase at once: the second waits and counts the first's.
    held = DistrictSetting.objects.select_for_update().filter(key=FROM_AMOUNT, starts_on__lte=day)
    rows = list(held.order_by("-starts_on", "-pk"))
    if not rows:
        return None
    now = days.now()
    said = Entry.objects.filter(
        kind="setting.set",
        subject_type=DistrictSetting._meta.label_lower,
        subject_id__in=[row.pk for row in rows],
    ).order_by("-pk")
    amounts, since = [Decimal(rows[0].value)], days.start_of_day(rows[0].starts_on)
    last = said.filter(subject_id=rows[0].pk).first()
    if last is not None:
        since = last.recorded_at
        own = behind(by, now)
        if last.by_id in own:
            for entry in said:
                amounts += [Decimal(value) for value in entry.changes["value"] if value is not None]
                since = entry.recorded_at
                if entry.by_id not in own:
                    break
    return Limit(min(amounts), max(since, now - TOGETHER))


def moved_alone(units: list[int], since: datetime) -> Decimal:
    """What moved without a second person since then of the purchases that these units are of."""
    same = Unit.objects.filter(line__purchase__lines__units__in=units)
    acts = Entry.objects.filter(
        kind__in=MOVES,
        subject_type=Unit._meta.label_lower,
        subject_id__in=same.values("pk"),
        recorded_at__gte=since,
        data__has_key="moved",
    )
    amounts = acts.values_list("data__moved", flat=True)
    return sum((Decimal(amount) for amount in amounts), Decimal(0))
