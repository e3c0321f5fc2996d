"""Tags and serial numbers that differ by zeros and signs alone (a serial number also by O for 0 and
I for 1) from those of other things: systems put them in and take them out."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assets.codes.serials import loose_serial, one_product
from assets.models import Asset, Status
from assets.models.keys import code_key
from core.access import Actor
from core.text.alike import loosely
from integrations.kinds.assets.naming.lookup import AssetLookup
from integrations.kinds.assets.questions import ALIKE, SPELLED
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.assets.told import tell_of
from integrations.models import ImportSession

_SIGNS = re.compile(r"[ -]")


def looks_like(tag: str, other: str, named: str, row: int = 0) -> str:
    """The sentence for a tag that looks like `other`, a thing's (`named`) or that of a row."""
    how = _("with other zeros or signs")
    if code_key(tag).isdecimal() and other.isdecimal():
        how = _("with other zeros")
    elif _SIGNS.sub("", code_key(tag)) == _SIGNS.sub("", other):
        how = _("with other spaces or hyphens")
    message = _("The tag %(tag)s looks like %(other)s, %(how)s.")
    if row:
        message = _("The tag %(tag)s looks like %(other)s in row %(row)s, %(how)s.")
    return message % {"tag": tag, "other": named, "row": row, "how": how}


def serial_like(serial: str, named: str, row: int = 0) -> str:
    """The same of a serial number."""
    message = _(
        "The serial number %(serial)s looks like %(other)s, with other zeros or signs, or O for 0."
    )
    if row:
        message = _(
            "The serial number %(serial)s looks like %(other)s in row %(row)s, with other zeros or "
            "signs, or O for 0."
        )
    return message % {"serial": serial, "other": named, "row": row}


class CodesAlike:
    """The codes of the things that are here, and of those that the rows of a file bring."""

    def __init__(self, session: ImportSession, by: Actor) -> None:
        self.by = by
        self.session = session
        self.applying = session.state == ImportSession.State.APPLYING
        #: A tag without what may be lost -> that tag as it is written, and its row.
        self.tags: dict[str, tuple[str, int]] = {}
        #: The same of serial numbers -> each as it is written, with make and model, and its row.
        self.serials: dict[str, dict[str, tuple[tuple[str, str], int]]] = {}
        #: Serial numbers of a batch -> make and model of others' things whose numbers look so.
        self.elsewhere: dict[str, list[tuple[str, str]]] = {}

    def _here(
        self, asked: tuple[set[str], set[str]]
    ) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """What may not be lost of these tags and serial numbers -> the things that have it. All of
        the register is looked through, since no index knows what is left of a code; what is not
        asked for is not kept: a register may have a million things."""
        asked_tags, asked_serials = asked
        tags: dict[str, list[int]] = {}
        serials: dict[str, list[int]] = {}
        # Those of others, too: they are asked about, and not told of.
        things = Asset.objects.filter(merged_into=None).exclude(status=Status.VOID).order_by("pk")
        for pk, tag, serial in things.values_list("pk", "tag_key", "serial_key").iterator():
            if asked_tags and (loose := loosely(tag)) in asked_tags:
                tags.setdefault(loose, []).append(pk)
            if asked_serials and serial and (loose := loose_serial(serial)) in asked_serials:
                serials.setdefault(loose, []).append(pk)
        return tags, serials

    @cached_property
    def _of_the_file(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Once a file, for all that stands in it."""
        found: dict[str, set[str]] = {"tag": set(), "serial": set()}
        columns = [(h, name) for h, name in self.session.mapping.items() if name in found]
        for raw in self.session.rows.values_list("raw", flat=True).iterator():
            for header, name in columns:
                if code := code_key(str(raw.get(header, ""))):
                    found[name].add(loosely(code) if name == "tag" else loose_serial(code))
        return self._here((found["tag"] - {""}, found["serial"] - {""}))

    def _things(self) -> QuerySet[Asset]:
        visible = Asset.objects.visible_to(self.by).visible_to(self.by, "integrations.import")
        return visible.filter(merged_into=None)

    def load(self, look: AssetLookup, plans: Sequence[AssetPlan]) -> None:
        """Let a batch's rows find the things whose codes look like theirs. What was previewed
        unasked is applied unasked."""
        if self.applying:
            plans = [p for p in plans if {"alike", "spelled"} & set(p.row.decisions)]
        tags = {code_key(p.values.tag or "") for p in plans} - look.taken - {""}
        tags -= look.alike_tag.keys()
        serials = {code_key(p.values.serial or "") for p in plans if not self._here_so(look, p)}
        serials -= {""}
        if not tags and not serials:
            return
        if self.applying:
            loose = set(map(loose_serial, serials)) - {""}
            by_tag, by_serial = self._here((set(map(loosely, tags)), loose))
        else:
            by_tag, by_serial = self._of_the_file
        tagged = {tag: by_tag[key] for tag in tags if (key := loosely(tag)) in by_tag}
        spelled = {s: by_serial[key] for s in serials if (key := loose_serial(s)) in by_serial}
        found = self._of({pk for pks in (*tagged.values(), *spelled.values()) for pk in pks})
        for tag, pks in tagged.items():
            if seen := [found[pk] for pk in pks if pk in found]:
                look.alike_tag[tag] = seen[0]
            else:
                look.alike_elsewhere.add(tag)
        look.alike_serial = {
            s: [found[pk] for pk in pks if pk in found] for s, pks in spelled.items()
        }
        others = {pk for pks in spelled.values() for pk in pks} - found.keys()
        named = Asset.objects.filter(pk__among=others).values_list(
            "pk", "product__make", "product__model"
        )
        names = {pk: (make, model) for pk, make, model in named} if others else {}
        self.elsewhere = {s: [names[pk] for pk in pks if pk in names] for s, pks in spelled.items()}
        for asset in look.alike_tag.values():
            look.by_tag.setdefault(asset.tag_key, asset)

    @staticmethod
    def _here_so(look: AssetLookup, plan: AssetPlan) -> bool:
        """Whether a thing that the row may mean has its serial number to the letter."""
        v = plan.values
        things = look.with_serial.get(code_key(v.serial or ""), ())
        return any(one_product(v.product(), (a.product.make, a.product.model)) for a in things)

    def _of(self, pks: Iterable[int]) -> dict[int, Asset]:
        things = self._things().select_related(
            "product__category", "unit__line__purchase", "school", "room", "holder"
        )
        return {a.pk: a for a in things.filter(pk__in=pks)} if pks else {}

    def once(self, plan: AssetPlan, asset: Asset | None, look: AssetLookup) -> None:
        """Ask of a thing that is given a serial number which looks like that of an earlier row's,
        or like one of a thing of others; of one that is here, like that of another one here."""
        v, serial = plan.values, code_key(plan.values.serial or "")
        loose = loose_serial(serial)
        if not loose or (asset is not None and asset.serial_key == serial):
            return
        product = v.product(asset.product.make, asset.product.model) if asset else v.product()
        rows = self.serials.setdefault(loose, {})
        for other, (names, row) in rows.items():
            if other != serial and one_product(product, names):
                sentence = serial_like(v.serial or "", other, row)
                same = _("The same item stands in row %s.") % row
                self._is_another(plan, sentence, same, serial, other)
                break
        else:
            self._unlike_here(plan, asset, look, product)
        rows.setdefault(serial, (product, plan.row.number))

    def _unlike_here(
        self, plan: AssetPlan, asset: Asset | None, look: AssetLookup, product: tuple[str, str]
    ) -> None:
        """What a row means by a serial number alone was asked before."""
        given, serial = plan.values.serial or "", code_key(plan.values.serial or "")
        for other in look.alike_serial.get(serial, []):
            names = other.product.make, other.product.model
            if asset is not None and other.pk != asset.pk and one_product(product, names):
                named = tell_of(plan, other, self.by)
                message = _("The tag is %(one)s, the serial number is %(other)s.")
                two = message % {"one": tell_of(plan, asset, self.by), "other": named}
                about = (serial, other.serial_key)
                self._is_another(plan, serial_like(given, named), two, *about)
                return
        if any(one_product(product, names) for names in self.elsewhere.get(serial, [])):
            message = _("The serial number %s looks like one that is here, with other signs.")
            theirs = _("That one is not yours to see: ask your district administrator.")
            self._is_another(plan, message % given, theirs, serial, "elsewhere")

    @staticmethod
    def _is_another(plan: AssetPlan, sentence: str, why_not: str, *about: str) -> None:
        """Ask whether it is another one than that; if not, the row cannot come in."""
        if plan.ask(SPELLED, "serial", sentence, *about) == "that":
            plan.not_allowed(SPELLED, "serial", why_not)

    def tag_once(self, plan: AssetPlan, look: AssetLookup) -> None:
        """Whether the file, or a thing of others, has the same tag with more or fewer zeros, or
        with other signs. A row whose tag is here to the letter is of that thing."""
        tag = code_key(plan.values.tag or "")
        if not tag:
            return
        other, row = self.tags.setdefault(loosely(tag), (tag, plan.row.number))
        if tag in look.taken:
            return
        if other != tag:
            sentence = looks_like(plan.values.tag or "", other, other, row)
            # That one stands in the register once its row came in with an earlier batch.
            if plan.ask(ALIKE, "tag", sentence, tag, other) == "that":
                plan.not_allowed(ALIKE, "tag", _("The same item stands in row %s.") % row)
        elif tag in look.alike_elsewhere and tag not in look.alike_tag:
            message = _("The tag %s looks like one that is here, with other zeros or signs.")
            if plan.ask(ALIKE, "tag", message % plan.values.tag, tag, "elsewhere") == "that":
                message = _("That one is not yours to see: ask your district administrator.")
                plan.not_allowed(ALIKE, "tag", message)
