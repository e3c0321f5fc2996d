"""Which entries explain that R1 says something else than was printed: those of the records behind a
value that touched what it is made of, asked by the records' keys, whatever they are called
since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assets.models import Asset, AssetCode, Category, Product
from assets.models.keys import code_key
from core.access import SYSTEM, MaybeActor, scope_of
from core.journal.reaching import reached
from core.models import District, Entry
from funding.models import Award, Program, Purchase, PurchaseLine, Unit, UnitShare
from funding.money import naming
from people.models import Person, Room, School
from reports.difference import DISTRICT, FINDING, ROW, SCOPE, VERSIONS, Difference
from reports.models import Report
from reports.property_record import facts
from reports.property_record.then import Then

#: So many entries are listed for one value, so many things are asked of one exception.
MOST = 20
#: What R1 prints of these it prints whenever they were written down.
_OWN_WORDS = (Asset, Unit, Person)
ALL: frozenset[str] = frozenset()
Why = Mapping[type[Any], frozenset[str]]


def _of(names: str) -> frozenset[str]:
    return frozenset(names.split())


#: What somebody would look for first: the thing was called otherwise, or was another.
_IDENTITY = _of("tag serial product")
_SHARES: Why = {Unit: ALL, Award: _of("name program"), Program: _of("family")}
_TEXT: Why = {
    Award: _of(
        "ug_version federal_award_on issued_on period_start equipment_threshold program "
        "pass_through"
    ),
    Program: _of("family"),
}
#: Per column the records behind it and which of their columns make the value (ALL: each entry).
WHY: dict[str, Why] = {
    ROW: {Asset: ALL, Unit: ALL, Award: _of("program")},
    "tag": {Asset: _IDENTITY},
    "description": {
        Asset: _IDENTITY | {"description"},
        Product: _of("category make model"),
        Category: _of("name"),
    },
    "serial": {Asset: _IDENTITY},
    "program": {Award: _of("program"), Program: _of("name")},
    "aln": {Award: _of("aln program"), Program: _of("aln")},
    "fain": {Award: _of("fain frn")},
    "pass_through": {Award: _of("pass_through subaward_number")},
    "title_holder": {Asset: _IDENTITY | {"title_holder"}, Award: _of("title_holder")},
    "acquired_on": {Asset: _IDENTITY | _of("acquired_on unit"), Unit: _of("received_on listed_on")},
    "cost": {Unit: _of("cost"), Purchase: _of("amount"), Asset: _of("unit")},
    "federal": _SHARES,
    "federal_percent": _SHARES,
    "other": _SHARES,
    "other_amount": _SHARES,
    "school": {Asset: ALL, School: _of("name")},
    "building": {Asset: ALL, Room: _of("building code")},
    "room": {Asset: ALL, Room: _of("building code")},
    "custodian": {Asset: ALL, Room: _of("custodian"), Person: _of("kind erased_at merged_into")},
    "use": {Asset: _IDENTITY | {"use"}},
    "condition": {Asset: _IDENTITY | _of("condition condition_on")},
    "condition_on": {Asset: _IDENTITY | _of("condition condition_on")},
    "last_verified_on": {Asset: ALL},
    "status": {Asset: ALL},
    "disposed_on": {Asset: ALL},
    "method": {Asset: ALL},
    "sale_price": {Asset: ALL},
    "po": {Purchase: _of("number"), Asset: _of("unit")},
    "invoice": {Purchase: _of("invoice_number"), Asset: _of("unit")},
    VERSIONS: _TEXT,
    DISTRICT: {District: _of("name uei ben")},
    FINDING: {Asset: ALL, Unit: ALL, Award: _of("amount")},
}
WHY["class"] = WHY["why"] = {
    Asset: _IDENTITY | _of("acquired_on unit"),
    Unit: ALL,
    Product: _of("category"),
    Category: _of("useful_life_months asset_class"),
    **_TEXT,
}
#: The lines of the scope in their order (build._scope).
OF_SCOPE: tuple[Why, ...] = (
    {Award: _of("name")},
    WHY["program"],
    WHY["aln"],
    WHY["fain"],
    WHY["pass_through"],
    {Award: _of("title_holder")},
    {School: _of("name")},
)


@dataclass(frozen=True)
class Explained:
    """A difference with the entries since that explain it, newest first; `hidden`: how many more
    there are that its reader may not see, or too many to list."""

    difference: Difference
    entries: list[Entry] = field(default_factory=list)
    hidden: int = 0


Behind = dict[type[Any], set[int]]


def explained(report: Report, found: Sequence[Difference], by: MaybeActor) -> list[Explained]:
    """Each difference with what was recorded since the report's known-at that explains it."""
    tags = {d.tag for d in found if d.tag} | {t for d in found for t in d.tags[:MOST]}
    things = _things(report, tags)
    behind = [_behind(report, d, things) for d in found]
    entries = _entries(report, behind)
    seen = scope_of(by, "core.view_activity")
    flat = {e.pk: e for some in entries.values() for e in some}
    open_ = dict(zip(flat, reached([*flat.values()], seen), strict=True))
    paying = _paying(behind, by)
    told = []
    for difference, records in zip(found, behind, strict=True):
        some = {e.pk: e for e in _explaining(_why(difference), records, entries)}
        awards = {report.award_id}.union(*(paying.get(u, ()) for u in records.get(Unit, ())))
        # To see an entry of an award does not yet say that it pays for a thing of the report.
        hidden = {pk for pk, e in some.items() if _is_award(e) and e.subject_id not in awards}
        open_here = (pk for pk in sorted(some, reverse=True) if open_[pk] and pk not in hidden)
        shown = [some[pk] for pk in open_here][:MOST]
        told.append(Explained(difference, shown, len(some) - len(shown)))
    return told


def _is_award(entry: Entry) -> bool:
    return entry.subject_type == Award._meta.label_lower


def _paying(behind: Sequence[Behind], by: MaybeActor) -> dict[int, set[int]]:
    """Per unit the awards that pay for it, or paid once, as one membership of `by` tells."""
    units = {pk for records in behind for pk in records.get(Unit, ())}
    found: dict[int, set[int]] = {}
    shares = UnitShare.objects.filter(unit__in=units).told(naming(by))
    for unit, award in shares.values_list("unit", "award"):
        found.setdefault(unit, set()).add(award)
    return found


def _why(difference: Difference) -> Why:
    if difference.key == SCOPE:
        return OF_SCOPE[difference.place] if difference.place < len(OF_SCOPE) else {}
    return WHY.get(difference.key, {})


def _explaining(
    why: Why, records: Behind, entries: Mapping[tuple[type[Any], int], list[Entry]]
) -> Iterator[Entry]:
    for model, names in why.items():
        for pk in records.get(model, ()):
            for entry in entries.get((model, pk), ()):
                if names is ALL or not names.isdisjoint(_touched(entry)):
                    yield entry


def _touched(entry: Entry) -> set[str]:
    """The columns that an entry tells of, its parts' among them."""
    found = {*entry.changes, *entry.data.get("row", ())}
    for name in ("rows", "touched"):
        parts = entry.data.get(name)
        for rows in parts.values() if isinstance(parts, dict) else ():
            for row in rows:
                found.update(row if isinstance(row, dict) else ())
    return found


def _things(report: Report, tags: set[str]) -> dict[str, Behind]:
    """Per tag, as it was printed, the records behind its row."""
    if not tags:
        return {}
    then = Then(report.known_at)
    award = then.award(report.award)
    with then.days():
        when = facts.moment(report.as_of, report.known_at, report.made_at)
    rows = facts.things(award, when, SYSTEM, report.school, then)
    found = {thing.tag: _of_thing(thing) for thing in rows if thing.tag in tags}
    for tag in tags - set(found):  # printed, and computed anew there is no such row
        found[tag] = {Asset: _called(tag, then)}
    return found


def _of_thing(thing: facts.Thing) -> Behind:
    now = Asset.objects.filter(pk=thing.pk).values_list("product", flat=True)
    products = {thing.product, *now}
    lines = PurchaseLine.objects.filter(pk=thing.line)
    return {
        Asset: {thing.pk},
        Unit: {thing.unit},
        Product: products,
        Category: set(Product.objects.filter(pk__in=products).values_list("category", flat=True)),
        Purchase: set(lines.values_list("purchase", flat=True)),
        Award: set(UnitShare.objects.filter(unit=thing.unit).values_list("award", flat=True)),
        School: {thing.school},
        Room: {thing.room} if thing.room else set(),
    }


def _called(tag: str, then: Then) -> set[int]:
    """The things that bear a tag, bore it, or bore it then."""
    found = set(Asset.objects.filter(tag_key=code_key(tag)).values_list("pk", flat=True))
    found |= set(AssetCode.objects.filter(key=code_key(tag)).values_list("asset", flat=True))
    return found | {pk for pk, told in then.assets.values.items() if told.get("tag") == tag}


def _behind(report: Report, difference: Difference, things: Mapping[str, Behind]) -> Behind:
    """The records behind a value."""
    found: Behind = {Award: {report.award_id}, Program: {report.award.program_id}}
    found[District] = set(District.objects.values_list("pk", flat=True))
    if report.school_id:
        found[School] = {report.school_id}
    found[Person] = set(difference.people)
    for tag in (difference.tag, *difference.tags[:MOST]):
        for model, pks in things.get(tag, {}).items():
            found[model] = found.get(model, set()) | pks
    return found


def _entries(report: Report, behind: Sequence[Behind]) -> dict[tuple[type[Any], int], list[Entry]]:
    """What was recorded since of all of them; one query for each table. Of a small table that an
    upgrade wrote it down says something, too: R1 prints *cannot tell* for what was before."""
    wanted: Behind = {}
    for records in behind:
        for model, pks in records.items():
            wanted.setdefault(model, set()).update(pks)
    found: dict[tuple[type[Any], int], list[Entry]] = {}
    every = Entry.objects.filter(recorded_at__gt=report.known_at).order_by("-pk")
    for model, pks in wanted.items():
        since = every.news() if model in _OWN_WORDS else every
        of = since.filter(subject_type=model._meta.label_lower, subject_id__in=pks)
        for entry in of if pks else ():
            found.setdefault((model, entry.subject_id), []).append(entry)
    return found
