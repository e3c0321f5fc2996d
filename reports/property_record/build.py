"""R1, the federal property record of an award (2 CFR 200.313(d)(1)), as of a date."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.access import MaybeActor, scope_of
from core.journal.sealing import head
from core.models import District
from core.ops.memory import without_collecting
from core.web.words import plainly
from funding.models import Award
from funding.reach import awards_of
from people.models import School
from reports.dataset import Dataset, Totals
from reports.property_record import facts, named
from reports.property_record.classify import Lines
from reports.property_record.columns import Row, columns
from reports.property_record.findings import Findings, wordless
from reports.property_record.rows import Rows
from reports.property_record.then import Then

ZERO = Decimal("0.00")
_TAG = attrgetter("tag")
_AMOUNTS = attrgetter("federal", "other_amount", "cost")


def build(
    award: Award,
    *,
    as_of: date,
    known_at: datetime,
    by: MaybeActor,
    school: School | None = None,
    asked_at: datetime | None = None,
) -> Dataset:
    """The dataset of R1: every thing the award paid for as of the end of a day, as known at an
    instant. `school` narrows it (a long award is printed one PDF per school). `asked_at` (UTC,
    default now): who sees from a school sees what was there then."""
    then = Then(known_at)
    # The sentences of a dataset are in its hash: a page that compares says what the worker said.
    with without_collecting(), plainly(), then.days() as district:
        when = facts.moment(as_of, known_at, asked_at)
        return _build(award, when, then, by, school, district)


def _build(
    award: Award,
    when: facts.Moment,
    then: Then,
    by: MaybeActor,
    school: School | None,
    district: District,
) -> Dataset:
    as_of, known_at = when.as_of, when.known_at
    award = then.award(award)
    paid = facts.shares(award, when)
    lines = Lines(then)
    rows = Rows(award, when, paid, lines, by)
    findings = Findings(as_of)
    placed: dict[tuple[str, str], list[Row]] = {}
    federal = award.program.federal
    things = facts.things(award, when, by, school, then)
    for thing, row in zip(things, rows.made(things), strict=True):
        findings.of_unit(thing.unit, row.tag)
        findings.look(row, federal=federal)
        findings.of_thing(row.tag, thing.listed_on, paid[thing.unit])
        if row.why in rows.doubts:
            findings.text_in_doubt(row.tag)
        placed.setdefault((row.school, f"{row.building} {row.room}".strip()), []).append(row)
    groups = sorted(placed)
    built, people = rows.numbered(
        [row for group in groups for row in sorted(placed[group], key=_TAG)]
    )
    extra = {"award": award.name, "title_holder": award.title_holder}
    whole = scope_of(by, "funding.view_cost")
    if school is None and (whole.everything or award.pk in awards_of(whole)):
        # By unit, never by number: two things on one unit would hide one that is no thing.
        untagged = set(paid) - {thing.unit for thing in things}
        if untagged:
            # What is left was paid for, and nothing in the register stands for it.
            untagged -= facts.units_with_things(award, when)
        findings.units_without_assets(sorted(untagged), then)
        findings.shares_of(award, sum(paid.values(), ZERO))
        extra |= _ledger(paid, untagged)
        said = [thing.unit for thing in things] + sorted(untagged)
        findings.ledger(sum((paid[pk] for pk in said), ZERO), sum(paid.values(), ZERO))
    findings.registered(then.registered(award))
    findings.untold(then.untold(rows.printed(things)))
    if school is not None:
        school = then.schools.of(school)
    return Dataset(
        kind="property-record",
        title=_("Federal property record"),
        language=(get_language() or "en-us").split("-")[0],
        district={"name": district.name, "uei": district.uei, "ben": district.ben},
        scope=_scope(award, school),
        as_of=as_of,
        known_at=known_at,
        versions=_versions(award, lines),
        head=head(),
        columns=columns(),
        rows=tuple(built),
        groups=tuple([group for group in groups for _row in placed[group]]),
        findings=findings.found(),
        totals=total(map(_AMOUNTS, built)),
        extra=extra,
        people=people,
        words=rows.words,
        beside=wordless(rows.wordless),
    )


def _ledger(paid: dict[int, Decimal], untagged: set[int]) -> dict[str, str]:
    """What the award pays in all, of it for units that are no thing in the register: with the
    rows it must come to the same cent."""
    return {
        "ledger": format(sum(paid.values(), ZERO), "f"),
        "untagged": str(len(untagged)),
        "untagged_amount": format(sum((paid[pk] for pk in untagged), ZERO), "f"),
    }


def total(amounts: Iterable[tuple[Decimal, Decimal | None, Decimal | None]]) -> Totals:
    """The totals of things, each by what the award pays, what others pay and its cost."""
    assets = unknown = 0
    federal = other = cost = ZERO
    for of_award, of_others, of_thing in amounts:
        assets += 1
        federal += of_award
        other += of_others or ZERO
        cost += of_thing or ZERO
        unknown += of_thing is None
    return Totals(assets, federal, other, cost, unknown)


def _scope(award: Award, school: School | None) -> tuple[tuple[str, str], ...]:
    subaward = named.together(award.pass_through, award.subaward_number)
    return (
        (_("Award"), award.name),
        (_("Program"), award.program.name),
        (_("ALN"), award.aln or "–"),
        (_("FAIN or FRN"), award.fain or award.frn or "–"),
        (_("Pass-through entity"), subaward or "–"),
        (_("Title holder by the award's terms"), award.title_holder or "–"),
        (_("Schools"), school.name if school else _("all")),
        (_("Items"), _("all that the award paid for, equipment and supplies")),
    )


def _versions(award: Award, lines: Lines) -> tuple[tuple[str, str], ...]:
    text = lines.text(award)
    # Version 2 added the doubt; without one a report is the one that version 1 made.
    number, both = 1, ""
    if not text.known and award.pk in lines.then.awards.untold:
        number, both = 2, f": {text.why}"
    elif not text.known:
        amounts = " / ".join(f"${x:,.0f}" for x in lines.ug(award))
        number, both = 2, ": " + ", ".join(filter(None, (amounts, text.why)))
    return (
        (_("Property record"), "2 CFR 200.313(d)(1), R1 version 1"),
        (_("Equipment or supply"), f"UG-01 version {number}, 2 CFR 200.1, {text}{both}"),
    )
