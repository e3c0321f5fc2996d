"""Rows of several things that came before: they are again what somebody said they were."""

from collections.abc import Sequence
from functools import cached_property

from django.utils.translation import gettext as _

from assets.models import Status
from core.access import Actor
from integrations.kinds.assets.naming.lookup import AssetLookup
from integrations.kinds.assets.reading.quantity import is_lot
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.assets.told import tell_of
from integrations.models import ImportSession, StagedRow


class CountedBefore:
    """What the rows of several things made before, among those that a batch looked up: one lot
    does not become thirty desks because it was answered otherwise, nor the first of thirty a
    lot."""

    def __init__(
        self, session: ImportSession, look: AssetLookup, plans: Sequence[AssetPlan], by: Actor
    ) -> None:
        self.look, self.by, self.kind = look, by, session.kind
        self.lot = is_lot(session.said.quantity)
        self.keys = {k for p in plans if p.values.several > 1 for k in p.values.source_keys()}

    def refuse(self, plan: AssetPlan) -> None:
        """Refuse a row that made something else than it would make now."""
        if plan.problems or plan.values.several < 2:
            return
        for key in sorted(plan.values.source_keys()):
            for asset in self.look.by_source.get(key, ()):
                was = self._lots.get(asset.pk)
                if was is None or was == self.lot or asset.status == Status.VOID:
                    continue
                message = _(
                    "It came before as items of their own, one of them %s: say so again, or leave "
                    "it out and change those on their pages."
                )
                if was:
                    message = _(
                        "It came before as one lot, %s: say so again, or leave it out and change "
                        "that on its page."
                    )
                plan.refuse("quantity", message % tell_of(plan, asset, self.by))
                return

    @cached_property
    def _lots(self) -> dict[int, bool]:
        """Thing -> whether its row made no other, for all of the batch at once."""
        things = [a.pk for key in self.keys for a in self.look.by_source.get(key, ())]
        rows = StagedRow.objects.filter(session__kind=self.kind, applied=True, undone=False)
        rows = rows.filter(object_id__in=things).exclude(source_key="").order_by("session")
        # The last one counts: what was undone may have come back as something else.
        last = {
            pk: (session, number)
            for pk, session, number in rows.values_list("object_id", "session", "number")
            if pk
        }
        sessions = {session for session, _number in last.values()}
        second = StagedRow.objects.filter(session__in=sessions, part=1)
        second = second.filter(number__in={number for _session, number in last.values()})
        several = set(second.values_list("session", "number"))
        return {pk: row not in several for pk, row in last.items()}
