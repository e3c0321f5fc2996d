"""Lists whose columns of tags and serial numbers changed places: each thing would come in twice."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from assets.models import Asset, Status
from assets.models.keys import code_key
from core.access import Actor
from integrations.kinds.assets.questions import EXCHANGED
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.assets.told import tell_of
from integrations.models import ImportSession

#: A tag and a serial number, as they are compared.
Pair = tuple[str, str]


class Exchanged:
    """The rows of a file whose tag is a thing's serial number, and whose serial number its tag."""

    def __init__(self, session: ImportSession, by: Actor) -> None:
        self.session, self.by = session, by
        self.applying = session.state == ImportSession.State.APPLYING

    def settle(self, plans: Sequence[AssetPlan]) -> None:
        """Ask of such rows, and of those that are new beside them, whether the two changed places;
        those where somebody says so say the right from here on. What was previewed unasked is
        applied unasked."""
        both = [p for p in plans if p.values.tag and p.values.serial]
        if self.applying:
            both = [p for p in both if EXCHANGED.name in p.row.decisions]
            things = self._things(map(_pair, both))
        else:
            things = self._of_the_file
        if not both or not (things or self.applying):
            return
        known = self._known(map(_pair, both))
        for plan in both:
            tag, serial = _pair(plan)
            if asset := things.get((serial, tag)):
                message = _("The tag and the serial number are those of %s, exchanged.")
                self._ask(plan, message % tell_of(plan, asset, self.by))
            elif not known & {tag, serial}:
                self._ask(plan, _("Other rows have tags and serial numbers exchanged."))

    @staticmethod
    def _ask(plan: AssetPlan, sentence: str) -> None:
        v = plan.values
        if plan.ask(EXCHANGED, "tag", sentence, *_pair(plan)) == "that":
            v.tag, v.serial = v.serial, v.tag

    @cached_property
    def _of_the_file(self) -> dict[Pair, Asset]:
        """Once a file, by tag and serial number of the things."""
        tags, serials = (
            [h for h, name in self.session.mapping.items() if name == field]
            for field in ("tag", "serial")
        )
        if not tags or not serials:
            return {}
        raws = self.session.rows.values_list("raw", flat=True).iterator()
        return self._things(
            (code_key(str(raw.get(tags[0], ""))), code_key(str(raw.get(serial, ""))))
            for raw in raws
            for serial in serials
        )

    def _things(self, pairs: Iterable[Pair]) -> dict[Pair, Asset]:
        """The things that have these, exchanged."""
        turned = {(serial, tag) for tag, serial in pairs if tag and serial and tag != serial}
        if not turned:
            return {}
        visible = Asset.objects.visible_to(self.by).visible_to(self.by, "integrations.import")
        here = visible.filter(merged_into=None, tag_key__among={tag for tag, _serial in turned})
        here = here.exclude(status=Status.VOID).exclude(serial_key="").for_list()
        return {pair: a for a in here if (pair := (a.tag_key, a.serial_key)) in turned}

    def _known(self, pairs: Iterable[Pair]) -> set[str]:
        """Which of these codes are the tag or the serial number of a thing: their rows mean it."""
        codes = {code for pair in pairs for code in pair}
        here = Asset.objects.filter(Q(tag_key__among=codes) | Q(serial_key__among=codes))
        return {code for pair in here.values_list("tag_key", "serial_key") for code in pair}


def _pair(plan: AssetPlan) -> Pair:
    return code_key(plan.values.tag or ""), code_key(plan.values.serial or "")
