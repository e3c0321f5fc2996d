"""Assets: identity by tag, then (make, model, serial), then (source, row)."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.codes.taken import serial_unseen
from assets.models import Asset
from assets.models.keys import code_key
from core.access import Actor
from integrations import totals
from integrations.headings import counts
from integrations.kinds.assets.doing.apply import create, say_categories, update
from integrations.kinds.assets.doing.compare import compare, new_problems
from integrations.kinds.assets.doing.dated import tell_dated
from integrations.kinds.assets.doing.not_taken import NotTaken
from integrations.kinds.assets.doing.rights import refuse_others
from integrations.kinds.assets.doing.undo import merged_before, undo
from integrations.kinds.assets.identity import came_before, source
from integrations.kinds.assets.identity.codes import CodesAlike
from integrations.kinds.assets.identity.counted import CountedBefore
from integrations.kinds.assets.identity.exchanged import Exchanged
from integrations.kinds.assets.identity.untagged import UntaggedAlike
from integrations.kinds.assets.identity.which import Identity
from integrations.kinds.assets.money.funded import funded_in_parts, refuse_parts
from integrations.kinds.assets.money.lines import bears_of
from integrations.kinds.assets.money.renamed import as_called_now
from integrations.kinds.assets.money.said import ask_of_closed, has_money
from integrations.kinds.assets.money.units import FreeUnits
from integrations.kinds.assets.naming.lookup import AssetLookup
from integrations.kinds.assets.past.back import as_is_left, come_back, stood_before
from integrations.kinds.assets.products import NewProducts
from integrations.kinds.assets.questions import ALONE, ASKED
from integrations.kinds.assets.reading.beneath import stand_beneath
from integrations.kinds.assets.reading.days import RowDays
from integrations.kinds.assets.reading.fields import FIELDS
from integrations.kinds.assets.reading.own import read_own
from integrations.kinds.assets.reading.quantity import weigh
from integrations.kinds.assets.reading.standing import not_in_stock, said_out
from integrations.kinds.assets.row import AssetChanges, AssetPlan, AssetRow
from integrations.kinds.assets.seen import AssetsSeen
from integrations.kinds.assets.told import tell_of
from integrations.kinds.base import ImportKind, plain
from integrations.kinds.rows.no_rows import ask_section
from integrations.kinds.rows.unknown import Unknown
from integrations.kinds.unused.columns import of_things
from integrations.models import ImportSession, StagedRow
from people.codes import persons_with
from people.models import School


class AssetImport(ImportKind[AssetRow, AssetChanges, AssetsSeen]):
    name, label = "assets", gettext_lazy("Assets")
    model, fields, row, changes = Asset, FIELDS, AssetRow, AssetChanges
    questions = ASKED

    def spoken(self, said: list[str], used: Collection[str]) -> Promise | str:
        return of_things(said, used)

    def settle(
        self, mapping: dict[str, str], sample: Sequence[dict[str, str]], by: Actor
    ) -> dict[str, str]:
        """Many lists call the school a building: where no column is the school and each value of
        the building's is one, it is. A number that counts the rows is no tag."""
        mapping = self._uncounted(mapping, sample)
        column = next((h for h, f in mapping.items() if f == "building"), None)
        if column is None or "school" in mapping.values():
            return mapping
        named = {v.lower() for raw in sample if (v := raw.get(column, "").strip())}
        schools = School.objects.visible_to(by).values_list("code", "name")
        known = {text.lower() for pair in schools for text in pair}
        return mapping | {column: "school"} if named and named <= known else mapping

    def _uncounted(
        self, mapping: dict[str, str], sample: Sequence[dict[str, str]]
    ) -> dict[str, str]:
        """Another list of the same things counts them otherwise: whose tags its numbers were would
        be moved about."""
        column = next((h for h, f in mapping.items() if f == "tag"), "")
        if plain(column) != "number" or not counts([raw.get(column, "") for raw in sample]):
            return mapping
        others = self.guess([h for h in sample[0] if h != column])
        return others | {h: f for h, f in mapping.items() if h != column}

    def begin(self, session: ImportSession, by: Actor, unknown: Unknown) -> AssetsSeen:
        said, codes = source.Said(session, by, unknown), CodesAlike(session, by)
        funded, exchanged = funded_in_parts(session), Exchanged(session, by)
        return AssetsSeen(said, FreeUnits(by), codes, exchanged, funded=funded)

    def beneath(self, plan: AssetPlan, mapping: Mapping[str, str]) -> None:
        stand_beneath(plan, mapping)

    def plan(
        self,
        session: ImportSession,
        rows: Sequence[StagedRow],
        by: Actor,
        seen: AssetsSeen,
        unknown: Unknown,
    ) -> list[AssetPlan]:
        planned = self.parse(session, rows, unknown)
        how = session.said.quantity
        seen.exchanged.settle(planned)
        for plan in planned:
            weigh(plan, how)
            said_out(plan)
            self._identify(plan, seen)
            refuse_parts(plan, seen.funded)
        read_own(planned, by)
        look = AssetLookup(session, planned, by, unknown)
        seen.codes.load(look, planned)
        known: list[tuple[AssetPlan, Asset | None]] = []
        identity = Identity(look, by, source.Made(look, seen.said))
        counted = CountedBefore(session, look, planned, by)
        for plan in planned:
            seen.codes.tag_once(plan, look)
            tag = code_key(plan.values.tag or "")
            asset = identity.find(plan)
            self._one_tag(plan, tag, seen)
            if asset is None and self._section(session, plan):
                continue
            counted.refuse(plan)
            seen.codes.once(plan, asset, look)
            identity.repeated(plan, asset, seen.numbers)
            look.resolve(plan, asset or look.by_tag.get(code_key(plan.values.tag or "")))
            if not plan.problems:
                known.append((plan, asset))
        known = UntaggedAlike(look, seen.said, by).settle(known)
        back = stood_before(known, identity.spoken_of)
        come_back((a for _plan, a in known if a), back)
        as_called_now(known, by)
        free = seen.free
        free.load(known, back)
        NewProducts(look, by, seen.products).settle(known)
        passed_over = NotTaken(session, known, look, free)
        paid = any(asset and has_money(plan.values) for plan, asset in known)
        shares = look.shares(a for _plan, a in known if a) if paid else {}
        ever = look.paid(a for _plan, a in known if a) if paid else {}
        bears = bears_of(a for _plan, a in known if a) if paid else {}
        stated = next((h for h, f in session.mapping.items() if f == "status"), "")
        told = RowDays(session, [a for _plan, a in known if a])
        for plan, asset in known:
            stood = as_is_left(asset, back, free.given) if asset is not None else None
            product = look.product(plan.values, asset)
            free.fit(plan, asset, product)
            not_in_stock(plan, asset, str(plan.row.raw.get(stated, "")))
            told.read(plan, asset)
            if asset is not None and plan.values.merged:
                # It says what it said when it made a thing which is this one since.
                plan.object_id, plan.outcome = asset.pk, "same"
                plan.warnings.append(_("It was merged into %s.") % tell_of(plan, asset, by))
                continue
            if asset is None:
                plan.outcome = "create"
                self._alone(session, plan)
                for name, sentence in new_problems(plan.values, by):
                    plan.refuse(name, sentence)
                ask_of_closed(plan, plan.values.lot.shares if plan.values.lot else {})
            else:
                plan.object_id = asset.pk
                compare(
                    plan,
                    asset,
                    by,
                    shares=shares.get(asset.unit_id or 0, {}),
                    paid=ever.get(asset.unit_id or 0, ()),
                    product=product,
                    bears=bears.get(asset.unit.line_id) if asset.unit else None,
                    back=stood,
                )
                refuse_others(plan, asset, by)
                tell_dated(plan, asset, by)
                plan.outcome = "update" if plan.changes else "same"
                seen.once(plan, asset)
            if look.is_anothers(plan.values, asset) and plan.changes.merge is None:
                plan.refuse("serial", serial_unseen(plan.values.serial or ""))
            told.overrules_nothing(plan)
            passed_over.tell(plan, asset)
            if not plan.problems and not plan.row.faults:
                free.take(plan, asset)
                if plan.outcome == "create" and plan.row.source_key:
                    seen.said.new += 1
        self._warn(known, by)
        return planned

    def _warn(self, known: Sequence[tuple[AssetPlan, Asset | None]], by: Actor) -> None:
        """Tags that are entered and are also somebody's id."""
        entered = {
            tag: plan
            for plan, asset in known
            if (tag := code_key(plan.values.tag or "")) and (asset is None or asset.tag_key != tag)
        }
        for tag, sentence in persons_with(entered, by).items():
            entered[tag].warnings.append(sentence)

    @staticmethod
    def _section(session: ImportSession, plan: AssetPlan) -> bool:
        """Whether a row that means nothing here is the name of a section; one of a single cell is
        asked about when all else of it is known."""
        if plan.problems or totals.alone(plan.row.raw, session.mapping):
            return False
        return ask_section(plan, session.mapping)

    def _alone(self, session: ImportSession, plan: AssetPlan) -> None:
        """A new thing of which one cell says all may be the name of a section: it is asked."""
        name = totals.alone(plan.row.raw, session.mapping)
        if name:
            message = _("Nothing but “%s” stands in this row. Is it an item?")
            said = getattr(plan.values, name)
            text = str("" if said is None else said)[:100]
            plan.ask(ALONE, name, message % text, name, text)

    def _identify(self, plan: AssetPlan, seen: AssetsSeen) -> None:
        """The row's identities, and whether the file names one of them twice."""
        v = plan.values
        # Without any of these it says nothing that could be found on a shelf.
        naming = v.tag or v.serial or v.make or v.model or v.description
        if not naming and not plan.problems:
            plan.refuse("", _("The row names no item: no tag, serial, make, model or description."))
            return
        if not v.tag and not v.serial and not plan.problems:
            source.know(plan, seen.said)
        if v.tag and not v.serial:
            source.know_tag(plan, seen.said.session.source)
        if v.serial:
            make, model = v.product()
            key = "|".join(map(code_key, (make, model, v.serial)))
            self._once(plan, "serial", key, seen.serials)

    def _one_tag(self, plan: AssetPlan, tag: str, seen: AssetsSeen) -> None:
        """A tag is one row's; not that of a row which is asked, or was answered, that it means
        another thing. Without a serial number its tag and names are all that tells it apart."""
        v = plan.values
        if tag and v.tag and not plan.conflict:
            self._once(plan, "tag", tag, seen.tags)
        elif tag and v.source_key and v.source_key == v.retag_key:
            self._once(plan, "tag", v.retag_key, seen.tags)

    @staticmethod
    def _once(plan: AssetPlan, name: str, key: str, rows: dict[str, int]) -> None:
        """Refuse a row whose thing another row of the file is."""
        if first := rows.get(key):
            plan.refuse(name, _("The same item stands in row %s.") % first)
        rows[key] = plan.row.number

    def told(self, session: ImportSession, seen: AssetsSeen, by: Actor) -> list[str]:
        return came_before.told(session, seen.said, by)

    def other_than(self, outcome: str, previewed: AssetChanges, plan: AssetPlan) -> bool:
        """A unit that a row takes is one of those that its preview showed or of others like them:
        where these were tagged meanwhile it takes none else, and makes none. A new one stands on
        the line that it showed."""
        now = plan.changes
        if plan.outcome in ("create", "update") and (
            previewed.taken_of != now.taken_of
            or (previewed.onto is not None and previewed.onto != now.onto)
        ):
            return True
        return super().other_than(outcome, previewed, plan)

    def apply(self, session: ImportSession, plans: Sequence[AssetPlan], by: Actor) -> None:
        say_categories(plans, by)
        create([p for p in plans if p.outcome == "create"], session, by)
        update([p for p in plans if p.outcome == "update"], session, by)

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        return self.undo_many(session, [row], by)[0]

    def found(self, row: StagedRow) -> dict[int, int]:
        return super().found(row) | merged_before(row)

    def undo_many(self, session: ImportSession, rows: Sequence[StagedRow], by: Actor) -> list[str]:
        return undo(session, rows, by)
