"""Which thing a row means. Where its tag and its serial number lead to different things, or a known
tag comes with another serial or product, somebody is asked; nothing is changed for guessing so."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assets.codes.serials import SHORTEST_SERIAL, one_product
from assets.mistakes.rules import merge_problems
from assets.mistakes.settled import settled_problems
from assets.models import Asset, Status
from assets.models.keys import code_key
from core.access import Actor, may
from integrations.kinds.assets.identity.codes import looks_like, serial_like
from integrations.kinds.assets.identity.source import Made
from integrations.kinds.assets.naming.lookup import AssetLookup
from integrations.kinds.assets.past.back import spoken_of
from integrations.kinds.assets.past.merged import say_merged, say_old_tag
from integrations.kinds.assets.questions import ALIKE, MODEL, OTHER, SERIAL, SPELLED, TWO, VOID
from integrations.kinds.assets.row import AssetPlan, AssetRow, Merged
from integrations.kinds.assets.told import tell_of
from integrations.kinds.rows.changes import change
from integrations.kinds.rows.questions import Question


def _identity(asset: Asset) -> tuple[object, ...]:
    """What a thing is known by where it is taken for another."""
    return asset.pk, asset.tag_key, asset.serial_key, asset.product_id


class Identity:
    """The things that rows mean, among those that a batch looked up."""

    def __init__(self, look: AssetLookup, by: Actor, made: Made) -> None:
        self.look, self.by, self.made = look, by, made
        #: Void things that binds what somebody said of them.
        self.spoken_of = spoken_of(look.assets())

    def find(self, plan: AssetPlan) -> Asset | None:
        """The asset this row means; refuses the row where that is not certain."""
        same, tag = self._merged(plan), code_key(plan.values.tag or "")
        named = self.look.by_tag.get(tag)
        asset = self._find(plan, same or self._same_serial(plan), merged=same is not None)
        if asset is not None and not plan.problems and plan.values.status != Status.VOID:
            self._back(plan, asset)
        if asset is not None and asset is named and asset.tag_key != tag and not plan.problems:
            say_old_tag(plan, asset, self.by)
        return asset

    def _back(self, plan: AssetPlan, asset: Asset) -> None:
        """What somebody said never was is here after all only where somebody says so."""
        if asset.pk in self.spoken_of:
            message = _("%s is void: somebody said that it never was. Is it here after all?")
            name = "tag" if plan.values.tag else "serial" if plan.values.serial else ""
            choice = plan.ask(VOID, name, message % tell_of(plan, asset, self.by), asset.pk)
            plan.values.spoken_of = bool(choice)

    def _find(self, plan: AssetPlan, same: Asset | None, *, merged: bool) -> Asset | None:
        v, look = plan.values, self.look
        tag = code_key(v.tag or "")
        if tag and tag in look.by_tag:
            return self._tagged(plan, look.by_tag[tag], same)
        if tag and tag in look.taken:
            plan.refuse("tag", _("This tag is taken."))
            return None
        if tag in look.alike_tag and not self._another(plan, look.alike_tag[tag]):
            if code_key(v.tag or "") == tag:
                return None
            return self._find(plan, same or self._same_serial(plan), merged=merged)
        if same is not None and tag and same.tag_key != tag and same.status != Status.VOID:
            return self._serial(plan, same)
        if v.serial or merged:
            return same if not tag or (same and same.tag_key == tag) else None
        return None if tag else self.made.find(plan)

    def _merged(self, plan: AssetPlan) -> Asset | None:
        """What the thing of the row's serial number became, where that was merged: no other has
        the number, or it is called as that one was."""
        v, look = plan.values, self.look
        key = code_key(v.serial or "")
        losers = look.merged.by_serial.get(key, [])
        if not losers:
            return None
        make, model = v.product()
        there = look.by_serial.get((make.lower(), model.lower(), key))
        if there is not None and there.status != Status.VOID:
            return None
        found = look.merged.named((make, model), key)
        if not found and key not in look.with_serial:
            found = [
                a for a in losers if one_product((make, model), (a.product.make, a.product.model))
            ]
        things = {a.pk: a for a in map(look.merged.stays, found) if a is not None}
        if len(things) != 1:
            return None
        asset = next(iter(things.values()))
        say_merged(plan, asset, self.by)
        return asset

    def _same_serial(self, plan: AssetPlan) -> Asset | None:
        """The thing of the row's (make, model, serial); of its serial alone where the row and the
        register do not contradict each other. Somebody is asked where they do: systems have
        their own names for one model."""
        v, look = plan.values, self.look
        if not v.serial:
            return None
        key = code_key(v.serial)
        make, model = v.product()
        found = look.by_serial.get((make.lower(), model.lower(), key))
        by_tag = look.by_tag.get(code_key(v.tag or ""))
        things = look.with_serial.get(key, [])
        if found is not None:
            return found
        if not things:
            return self._spelled(plan)
        if by_tag in things:
            return by_tag
        if v.make or v.model:
            return self._other_model(plan, things) if len(key) >= SHORTEST_SERIAL else None
        if len(things) > 1:
            plan.refuse(
                "serial",
                _("Several items have this serial: %s. Give make and model.")
                % self._named(plan, things),
            )
            return None
        return things[0] if things else None

    def _spelled(self, plan: AssetPlan) -> Asset | None:
        """The thing whose serial number differs from the row's by zeros or signs, where somebody
        says that it is that one."""
        v = plan.values
        if code_key(v.tag or "") in self.look.by_tag:
            return None  # it is of that thing, which has another number
        for other in self.look.alike_serial.get(code_key(v.serial or ""), []):
            if one_product(v.product(), (other.product.make, other.product.model)):
                sentence = serial_like(v.serial or "", tell_of(plan, other, self.by))
                about = (code_key(v.serial or ""), other.serial_key)
                if plan.ask(SPELLED, "serial", sentence, *about) != "that":
                    return None
                v.serial = other.serial
                return self._other_model(plan, [other]) if v.make or v.model else other
        return None

    def _other_model(self, plan: AssetPlan, things: list[Asset]) -> Asset | None:
        """The thing of a serial number that the row gives with another make or model."""
        v = plan.values
        near = [a for a in things if one_product(v.product(), (a.product.make, a.product.model))]
        if not near:  # another thing with the same number
            if (other := self._spelled(plan)) is not None or plan.problems:
                return other
            message = _(
                "The serial number %(serial)s is here with another make or model: %(things)s."
            )
            words = {"serial": v.serial, "things": self._named(plan, things)}
            plan.warnings.append(message % words)
            return None
        things = near
        fitting = [a for a in things if not self._differing(v, a)]
        if len(fitting) == 1:
            return fitting[0]
        message = _("The serial number %(serial)s is here with another make or model: %(things)s.")
        words = {"serial": v.serial, "things": self._named(plan, things)}
        # Others may come in with earlier batches; of several none is kept or corrected.
        about = (code_key(v.serial or ""), *v.product(), _identity(things[0]))
        choice = plan.ask(MODEL, "serial", message % words, *about)
        if choice == "another":
            return None
        if choice in ("keep", "correct") and len(things) > 1:
            plan.not_allowed(
                MODEL,
                "serial",
                _("Several items have this serial: %s. Give make and model.")
                % self._named(plan, things),
            )
            return None
        if choice == "keep":
            v.make = None
            v.model = None
        elif choice == "correct" and not self._may_correct(plan, things[0], MODEL):
            return None
        return things[0] if choice else None

    def repeated(self, plan: AssetPlan, asset: Asset | None, numbers: dict[str, int]) -> None:
        """Say of a new thing that its serial number stands in the file before, with another make
        or model: real registers have parts that share one, so nothing is refused. `numbers`: the
        serial numbers of the file so far, each with its first row."""
        key = code_key(plan.values.serial or "")
        if len(key) < SHORTEST_SERIAL:
            return
        first = numbers.setdefault(key, plan.row.number)
        if asset is None and first != plan.row.number and not plan.problems:
            message = _(
                "The serial number %(serial)s stands in row %(row)s too, with another make "
                "or model."
            )
            plan.warnings.append(message % {"serial": plan.values.serial, "row": first})

    def _named(self, plan: AssetPlan, things: Iterable[Asset]) -> str:
        return "; ".join(tell_of(plan, a, self.by) for a in things)

    def _tagged(self, plan: AssetPlan, asset: Asset, same: Asset | None) -> Asset | None:
        v = plan.values
        if same is not None and same.pk != asset.pk:
            message = _("The tag is %(one)s, the serial number is %(other)s.")
            words = {"one": tell_of(plan, asset, self.by), "other": tell_of(plan, same, self.by)}
            # It came in by another tag once somebody said that it is not the thing of this one.
            said = plan.told_before(OTHER, _identity(asset), self._differing(v, asset))
            before = "retag" if said == "retag" else ""
            about = (_identity(asset), _identity(same))
            choice = plan.ask(TWO, "tag", message % words, *about, before=before)
            if choice == "retag":
                v.tag = None
                return same
            return self._merge(plan, asset, same) if choice == "merge" else None
        if asset.status == Status.VOID and (
            asset.pk not in self.spoken_of or v.status == Status.VOID
        ):
            return asset  # what only an undone import said binds nobody
        if differing := self._differing(v, asset):
            if (made := self.made.retagged(v)) is not None:
                v.tag = None  # somebody said so when it came first
                return made
            message = _("The tag is %(one)s; this row says %(other)s.")
            words = {
                "one": tell_of(plan, asset, self.by),
                "other": ", ".join(said for _name, said in differing),
            }
            choice = plan.ask(OTHER, differing[0][0], message % words, _identity(asset), differing)
            if choice == "retag":
                v.tag, v.source_key = None, v.retag_key
                return None
            if choice == "keep":
                v.make = v.model = v.serial = None
            elif choice == "correct":
                self._may_correct(plan, asset, OTHER)
            return asset if choice else None
        return asset

    def _differing(self, v: AssetRow, asset: Asset) -> list[tuple[str, str]]:
        """The fields that name another thing than the asset, with what they say. What the register
        does not know yet is no difference."""
        names = []
        if v.serial and asset.serial_key and code_key(v.serial) != asset.serial_key:
            names.append(("serial", v.serial))
        if self.look.product(v, asset) != asset.product_id:
            for name, old, new in (
                ("make", asset.product.make, v.make),
                ("model", asset.product.model, v.model),
            ):
                if old and new and old.lower() != new.lower():
                    names.append((name, new))
        return names

    def _serial(self, plan: AssetPlan, asset: Asset) -> Asset | None:
        v = plan.values
        message = _("This serial number is %(thing)s; this row says tag %(tag)s.")
        words = {"thing": tell_of(plan, asset, self.by), "tag": v.tag}
        about = (_identity(asset), code_key(v.tag or ""))
        choice = plan.ask(SERIAL, "serial", message % words, *about)
        if choice == "correct" and self._may_correct(plan, asset, SERIAL):
            plan.changes.tag = change(asset.tag, v.tag)
        elif choice == "retag":
            v.tag = None
        return asset if choice else None

    def _another(self, plan: AssetPlan, other: Asset) -> bool:
        """Whether it is another thing than the one whose tag differs by zeros or signs; else the
        row takes that one's tag, or is refused."""
        tag = plan.values.tag or ""
        sentence = looks_like(tag, other.tag_key, tell_of(plan, other, self.by))
        choice = plan.ask(ALIKE, "tag", sentence, code_key(tag), other.tag_key)
        if choice == "that":
            plan.values.tag = other.tag
        return choice == "another"

    def _may_correct(self, plan: AssetPlan, asset: Asset, asked: Question) -> bool:
        if may(self.by, "assets.correct_asset", asset):
            return True
        plan.not_allowed(asked, "tag", _("Your role does not allow you to correct %s.") % asset.tag)
        return False

    def _merge(self, plan: AssetPlan, one: Asset, other: Asset) -> Asset | None:
        """The thing that somebody has stays; else the one whose tag it is."""
        winner, loser = (other, one) if other.holder_id and not one.holder_id else (one, other)
        for asset in (winner, loser):
            if not may(self.by, "assets.merge_asset", asset):
                plan.not_allowed(
                    TWO, "tag", _("Your role does not allow you to merge %s.") % asset.tag
                )
                return None
        problems = list(merge_problems(loser, winner)) or list(settled_problems(loser, winner))
        for problem in problems:
            plan.not_allowed(TWO, "tag", str(problem.message))
        if not problems:
            merged = Merged(asset=loser.pk)
            plan.changes.merge = change(merged, None, shown=(loser.tag, winner.tag))
            if winner is other:
                plan.values.tag = None
        return winner
