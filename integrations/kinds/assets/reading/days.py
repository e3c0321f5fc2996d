"""The days of asset rows: when a thing came, who had it since when, of which day the list is."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from assets.models import Asset, AssetSpan, Status
from assets.models.status import CLOSED
from assets.register.beginnings import STEADY
from core.time import days
from funding.rules.chronology import Chronology, chronology_problems, shown
from integrations.kinds.assets.row import AssetPlan, AssetRow
from integrations.models import ImportSession


def list_day(session: ImportSession) -> date:
    """The day that a list describes: as the person said, else that on which it was brought."""
    return session.said.list_of or days.local_date(session.created_at)


class RowDays:
    """From when what rows say holds. A batch's things are looked at once."""

    def __init__(self, session: ImportSession, assets: Sequence[Asset]) -> None:
        self.listed_on = list_day(session)
        self.today = days.today()
        past = self.listed_on < self.today
        self.at = days.start_of_day(self.listed_on) if past else None
        self.newer: dict[int, datetime] = {}
        if past:
            newer = AssetSpan.objects.standing().filter(
                asset__in=[a.pk for a in assets],
                valid_from__gt=days.end_of_day(self.listed_on),
            )
            self.newer = dict(newer.values_list("asset", "valid_from"))
        self.undated = {a.pk: a for a in assets if a.unit is None or a.unit.listed_on is not None}
        first = AssetSpan.objects.known().filter(asset__in=self.undated).values("asset")
        began = first.annotate(earliest=Min("valid_from")).values_list("asset", "earliest")
        self.began = {pk: days.local_date(at) for pk, at in began} if self.undated else {}

    def read(self, plan: AssetPlan, asset: Asset | None) -> None:
        """Note in a row's values from when they hold, and refuse what contradicts."""
        v = plan.values
        v.listed_on, v.listed_at = self.listed_on, self.at
        loaned = v.handed_on
        v.loaned_at = days.start_of_day(loaned) if loaned else self.at
        v.came_on = self._came(v, asset)
        for name, sentence in _problems(v, asset, self.today):
            plan.refuse(name, sentence)
        self._not_kept(plan, asset)

    def _not_kept(self, plan: AssetPlan, asset: Asset | None) -> None:
        """Say that a receipt is not taken over, where a thing is here and its receipt has no
        day."""
        told = plan.values.received_on
        if told is None or asset is None or asset.pk not in self.undated:
            return
        if told not in (asset.acquired_on, self.began.get(asset.pk)):
            message = _(
                "That it was received on %s is not kept: say when it was acquired, or correct that."
            )
            plan.warnings.append(message % shown(told))

    def _came(self, v: AssetRow, asset: Asset | None) -> date:
        """The day that stands in for the receipt where the row tells none: what is here was here
        since it began."""
        known = v.received_on or v.acquired_on or (asset.acquired_on if asset else None)
        if known:
            return known
        here = asset is not None and asset.status != Status.VOID
        began = self.began.get(asset.pk) if asset and here else None
        told = (v.handed_on, v.status_on, v.disposed_on, began)
        return min([self.listed_on, *(d for d in told if d)])

    def overrules_nothing(self, plan: AssetPlan) -> None:
        """A list of a past day does not overrule what the register learned of later days."""
        began = self.newer.get(plan.object_id or 0)
        now = plan.changes
        of_a_day = now.room or now.school or now.holder or now.status or now.condition
        if began is not None and of_a_day is not None:
            words = {"day": shown(days.local_date(began)), "listed": shown(self.listed_on)}
            message = _("It changed on %(day)s, and this list is of %(listed)s.")
            plan.refuse("", message % words)


def _problems(v: AssetRow, asset: Asset | None, today: date) -> Iterator[tuple[str, str]]:
    unit, lot = asset.unit if asset else None, v.lot
    received = v.received_on
    if unit is not None and unit.listed_on is None:
        if received and received != unit.received_on:
            yield "received_on", _("It was received on %s.") % shown(unit.received_on)
        received = unit.received_on
    elif lot is not None:
        received = lot.received_on or received
    status = v.status or (asset.status if asset else "")
    for problem in chronology_problems(
        Chronology(
            today=today,
            acquired_on=v.acquired_on or (asset.acquired_on if asset else None),
            received_on=received,
            seen_on=v.last_verified_on,
            loaned_on=v.handed_on,
            status_on=v.status_on if status not in STEADY else None,
            disposed_on=v.disposed_on,
            listed_on=v.listed_on,
        )
    ):
        name = problem.field or ""
        if name == "loaned_on" and v.loaned_on is None:
            name = "deployed_on"  # the column that says since when somebody has it
        yield name, str(problem.message)
    if v.disposed_on and status != Status.DISPOSED:
        yield "disposed_on", _("A day of disposal belongs to what is disposed.")
    if v.handed_on and status in CLOSED:
        yield "holder", _("Nobody holds what is disposed.")


def status_at(plan: AssetPlan) -> datetime | None:
    """From when its new status holds: the row's day of it, else that of an older list."""
    day = plan.values.status_on
    return days.start_of_day(day) if day else plan.values.listed_at


def moved_at(plan: AssetPlan) -> datetime | None:
    """From when it is in the row's room; after it was handed out, which took it along."""
    v = plan.values
    return v.loaned_at if plan.changes.holder is not None else v.listed_at
