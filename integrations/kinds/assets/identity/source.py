"""Rows without tag and serial number: their thing is the one that the same row of the same source
made, where what was said for the rows of the file (its school, its category) was the same."""

import hashlib
import json
from collections.abc import Iterable
from functools import cached_property

from assets.models import Asset, Status
from assets.models.keys import code_key
from core.access import Actor
from integrations.kinds.assets.naming.lookup import AssetLookup
from integrations.kinds.assets.row import AssetPlan, AssetRow
from integrations.kinds.names.schools import Schools
from integrations.kinds.rows.unknown import Unknown
from integrations.models import ImportSession, StagedRow
from integrations.options import Options


class Said:
    """What a person said for the rows of a file that do not say it themselves, and what was said
    at the imports of its source before; each is looked up once, where a row needs it. And what the
    rows of the file without a code were so far."""

    def __init__(self, session: ImportSession, by: Actor, unknown: Unknown) -> None:
        self.session, self.by, self.unknown = session, by, unknown
        self.category = _folded(session.said.category)
        #: The print of a row -> how many of the file, or of the list of which these are refused
        #: rows, are the same.
        self.alike: dict[str, int] = {}
        self.new = 0  # things that rows without a code bring in
        self.asked = 0  # such rows of which is asked whether they do
        #: Things that rows of the file, or of that list, mean.
        self.claimed: set[int] = set()
        _of_the_list(session, self)

    @cached_property
    def _schools(self) -> Schools:
        return Schools(self.session, self.by, self.unknown)

    @cached_property
    def school(self) -> int | None:
        """The key of the school that was chosen for rows that name none."""
        return self.called(self._schools.default)

    def called(self, text: str) -> int | None:
        """The key of the school that is called so; None where none or several are."""
        found = list(self._schools.called(text)) if text else []
        return found[0] if len(found) == 1 else None

    @cached_property
    def before(self) -> dict[int, tuple[int | None, str]]:
        """Import -> the school and the category that were said; nothing of one whose values were
        forgotten."""
        earlier = ImportSession.objects.filter(kind=self.session.kind, source=self.session.source)
        said = earlier.exclude(pk=self.session.pk).values_list("pk", "options")
        return {
            pk: (self.called(o.school), _folded(o.category))
            for pk, o in ((pk, Options.read(kept)) for pk, kept in said if kept)
        }


def _folded(text: str) -> str:
    return text.strip().lower()


def _print(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def _of_the_list(session: ImportSession, said: Said) -> None:
    """Of refused rows that come back: the prints of the rows of their list that were good, each
    with how many they are. Theirs may be the same by now, and are things of their own."""
    found = said.alike
    lists = {session.pk}
    part_of = session.said.part_of
    while part_of is not None and part_of not in lists:
        lists.add(part_of)
        origin = ImportSession.objects.filter(pk=part_of).first()
        if origin is None:
            break
        good = StagedRow.objects.filter(session=origin, undone=False).exclude(source_key="")
        if origin.state != ImportSession.State.DISCARDED:
            rows = good.exclude(outcome="refused").values_list("source_key", "object_id")
            for key, thing in rows:
                said.claimed |= {thing} if thing else set()
                whole, _sign, nth = key.partition("#")
                found[whole] = max(found.get(whole, 0), int(nth))
        part_of = origin.said.part_of


def know(plan: AssetPlan, said: Said) -> None:
    """Give a row its key: its print and which of several alike it is. They are kept when the whole
    file is looked at; a batch that is applied knows only its own rows.

    The school is part of it where the row does not name one: two schools may have the same list.
    The category is not: it is said for new products alone, and the next time by nobody."""
    row, v = plan.row, plan.values
    bare = _print(said.session.source, json.dumps(row.raw, sort_keys=True))
    if not row.source_key:
        school = None if any(v.schools) else said.school
        whole = bare if school is None else _print(bare, f"school {school}")
        nth = said.alike[whole] = said.alike.get(whole, 0) + 1
        row.source_key = f"{whole}#{nth}"
    v.source_key = row.source_key
    # A thing that was made before the school was part of its key.
    v.bare_key = f"{bare}#{row.source_key.partition('#')[2]}"


def know_tag(plan: AssetPlan, source: str) -> None:
    """Give a row its key for the case that its tag is another thing's: what is brought in without
    it has nothing else to be found by."""
    v = plan.values
    names = (code_key(v.tag or ""), *(name.lower() for name in v.product()))
    v.retag_key = f"{_print(source, 'tag', *names)}#1"


class Made:
    """The things that earlier imports of a source made, among those that a batch looked up."""

    def __init__(self, look: AssetLookup, said: Said) -> None:
        self.look, self.said = look, said

    def find(self, plan: AssetPlan) -> Asset | None:
        """The thing that this row made before; None where it made none, or where it could be one
        of several schools'."""
        v, by_source = plan.values, self.look.by_source
        found = list(by_source.get(v.source_key, ()))
        if v.bare_key != v.source_key:
            found += [a for a in by_source.get(v.bare_key, ()) if self._of_school(a)]
        if not v.category and self.said.category:
            found = [a for a in found if self._of_category(a)]
        if not any(v.schools) and len({a.school_id for a in found}) > 1 and not self.said.school:
            return None
        return self._stands(v, found)

    def retagged(self, v: AssetRow) -> Asset | None:
        """The thing that came before without the tag that the row gives it."""
        return self._stands(v, self.look.by_source.get(v.retag_key, ()))

    def _stands(self, v: AssetRow, found: Iterable[Asset]) -> Asset | None:
        """One of these, or what it was merged into since."""
        merged = self.look.merged
        pairs = [(a, stays) for a in found if (stays := merged.stays(a)) is not None]
        made, stays = min(
            pairs,
            key=lambda pair: (pair[1].status == Status.VOID, pair[0].pk),
            default=(None, None),
        )
        v.merged = made is not stays
        return stays

    def _of_school(self, asset: Asset) -> bool:
        """Whether the thing came in for the school that is said now, wherever it is today."""
        then = {school for school, _category in self.said.before.values()}
        if then == {self.said.school}:
            return True
        school = self._then(asset)[0]
        return (school or asset.school_id) == self.said.school

    def _of_category(self, asset: Asset) -> bool:
        """Whether the thing does not come from a list of another category. What somebody gave
        another category since, or what came in without that one was said, is the same thing."""
        now = self.said.category
        then = {category for _school, category in self.said.before.values()} - {""}
        if asset.product.category.name.lower() == now or not then - {now}:
            return True
        return self._then(asset)[1] in ("", now)

    def _then(self, asset: Asset) -> tuple[int | None, str]:
        session = self._makers.get(asset.pk)
        return self.said.before.get(session or 0, (None, ""))

    @cached_property
    def _makers(self) -> dict[int, int]:
        """Thing -> the import that made it, for all of the batch at once."""
        things = [a.pk for some in self.look.by_source.values() for a in some]
        rows = StagedRow.objects.filter(
            session__in=list(self.said.before), outcome="create", applied=True
        )
        found = rows.filter(object_id__in=things).order_by("session", "number")
        return {pk: session for pk, session in found.values_list("object_id", "session") if pk}
