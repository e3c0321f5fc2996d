"""Awards."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeAlias

from django.utils.translation import gettext as _

from core.access import Actor, may
from funding import actions
from funding.models import Award, Program
from funding.rules.awards import award_of, award_problems
from integrations import cells
from integrations.kinds.base import Field, ImportKind
from integrations.kinds.changes import Change, Changes, change
from integrations.kinds.planned import FACT, Planned, Row, facts_of
from integrations.kinds.unknown import Unknown
from integrations.models import ImportSession, StagedRow
from integrations.models.imports import Kind


@dataclass(slots=True, eq=False)
class AwardRow(Row):
    """What a row says of an award."""

    name: str | None = None
    program: str | None = None
    fain: str | None = field(default=None, metadata=FACT)
    frn: str | None = field(default=None, metadata=FACT)
    aln: str | None = field(default=None, metadata=FACT)
    pass_through: str | None = field(default=None, metadata=FACT)
    subaward_number: str | None = field(default=None, metadata=FACT)
    amount: Decimal | None = field(default=None, metadata=FACT)
    issued_on: date | None = field(default=None, metadata=FACT)
    federal_award_on: date | None = field(default=None, metadata=FACT)
    period_start: date | None = field(default=None, metadata=FACT)
    period_end: date | None = field(default=None, metadata=FACT)
    obligate_by: date | None = field(default=None, metadata=FACT)
    liquidate_by: date | None = field(default=None, metadata=FACT)
    title_holder: str | None = field(default=None, metadata=FACT)
    #: The program that a new one was found to be under.
    program_row: Program = field(init=False)


class AwardChanges(Changes):
    """What a row may change of an award."""

    fain: Change[str] | None = None
    frn: Change[str] | None = None
    aln: Change[str] | None = None
    pass_through: Change[str] | None = None
    subaward_number: Change[str] | None = None
    amount: Change[Decimal | None] | None = None
    issued_on: Change[date | None] | None = None
    federal_award_on: Change[date | None] | None = None
    period_start: Change[date | None] | None = None
    period_end: Change[date | None] | None = None
    obligate_by: Change[date | None] | None = None
    liquidate_by: Change[date | None] | None = None
    title_holder: Change[str] | None = None
    active: Change[bool] | None = None


AwardPlan: TypeAlias = Planned[AwardRow, AwardChanges]


class AwardImport(ImportKind[AwardRow, AwardChanges, "AwardsSeen"]):
    name, label = Kind.AWARDS.value, Kind.AWARDS.label
    row, changes = AwardRow, AwardChanges
    fields = (
        Field(
            "name", ("award", "award name", "grant", "grant name"), partial(cells.text, longest=200)
        ),
        Field(
            "program", ("program code", "program name", "fund"), partial(cells.text, longest=200)
        ),
        Field("fain", ("federal award identification number",), partial(cells.code, longest=32)),
        Field("frn", ("funding request number",), partial(cells.code, longest=32)),
        Field("aln", ("cfda", "assistance listing number"), partial(cells.code, longest=10)),
        Field("pass_through", ("pass through entity", "pte"), partial(cells.text, longest=200)),
        Field("subaward_number", ("subaward",), partial(cells.code, longest=64)),
        Field("amount", ("award amount",), cells.money),
        Field("issued_on", ("issued", "award date"), cells.day),
        Field(
            "federal_award_on",
            ("federal award date", "fain date", "initial federal award"),
            cells.day,
        ),
        Field("period_start", ("start", "start date"), cells.day),
        Field("period_end", ("end", "end date"), cells.day),
        Field("obligate_by", ("obligation deadline",), cells.day),
        Field("liquidate_by", ("liquidation deadline",), cells.day),
        Field("title_holder", (), partial(cells.text, longest=64)),
    )

    def begin(self, session: ImportSession, by: Actor, unknown: Unknown) -> "AwardsSeen":
        return AwardsSeen(by)

    def plan(
        self,
        session: ImportSession,
        rows: Sequence[StagedRow],
        by: Actor,
        seen: "AwardsSeen",
        unknown: Unknown,
    ) -> list[AwardPlan]:
        planned = self.parse(session, rows, unknown)
        programs = _Programs(unknown)
        allowed = may(by, "funding.change_award")
        for plan in planned:
            name = plan.values.name or ""
            if not name or name.lower() in seen.named:
                plan.refuse("name", _("Each row needs a name of its own."))
                continue
            seen.named.add(name.lower())
            award = seen.mine.get(name.lower())
            if award is None:
                self._new(plan, name, programs, seen)
            else:
                self._known(plan, award, programs, seen)
            if not allowed and plan.outcome != "same":
                plan.refuse("", _("Your role does not allow you to change awards."))
        return planned

    @staticmethod
    def _new(plan: AwardPlan, name: str, programs: "_Programs", here: "AwardsSeen") -> None:
        v = plan.values
        named = v.program or ""
        program = programs.called(named)
        if program is None and not named:
            plan.refuse("program", _("A new award needs its program."))
            return
        if program is None:
            programs.unknown.note("program", named)
            plan.refuse("program", _("There is no program called %s.") % named)
            return
        v.program_row = program
        plan.outcome = "create"
        here.ask(plan, award_of(program, name, **v.facts()))

    @staticmethod
    def _known(plan: AwardPlan, award: Award, programs: "_Programs", here: "AwardsSeen") -> None:
        v = plan.values
        plan.object_id = award.pk
        changed = copy(award)
        plan.compare(award)
        for name, said in v.facts().items():
            setattr(changed, name, said)
        if not award.active:  # as after an undo: the file says that it is one
            plan.changes.active = change(False, True, shown=(_("out of use"), _("in use")))
        if v.program and programs.called(v.program) != award.program:
            # Which rules its money is under, reports of the past included, no list changes.
            message = _("Not taken over: program %(said)s (here: %(here)s).")
            plan.warnings.append(message % {"said": v.program, "here": award.program.name})
        plan.outcome = "update" if plan.changes else "same"
        if plan.changes:
            here.ask(plan, changed, award)

    def apply(self, session: ImportSession, plans: Sequence[AwardPlan], by: Actor) -> None:
        for plan in plans:
            v = plan.values
            facts = v.facts()
            if plan.outcome == "create":
                program = Program.objects.get(pk=v.program_row.pk)
                award = actions.create_award(by=by, program=program, name=v.name or "", **facts)
            else:
                if plan.changes.active is not None:
                    facts["active"] = True
                award = actions.change_award(
                    Award.objects.get(pk=plan.object_id or 0), by=by, **facts
                )
            plan.row.object_id, plan.row.applied_version = award.pk, award.version

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        award = Award.objects.get(pk=row.object_id or 0)
        if award.version != row.applied_version:
            return _("%s changed since.") % award.name
        if row.outcome == "create":
            actions.change_award(award, by=by, active=False)
            return ""
        old = AwardChanges.read(row).facts((*facts_of(AwardRow), "active"))
        actions.change_award(award, by=by, **old)
        return ""


class _Programs:
    """Programs by code, name, and what somebody said a name means."""

    def __init__(self, unknown: Unknown) -> None:
        self.unknown = unknown
        self.by_name: dict[str, Program] = {}
        for p in Program.objects.all():
            self.by_name |= {p.code.lower(): p, p.name.lower(): p}
        self.by_pk = {p.pk: p for p in self.by_name.values()}

    def called(self, name: str) -> Program | None:
        if not name:
            return None
        known = self.by_name.get(name.lower())
        return known or self.by_pk.get(self.unknown.meant("program", name) or 0)


class AwardsSeen:
    """The awards of the register as the rows of a file leave them, one after the other: a row is
    asked what the action will ask, and the register only once."""

    def __init__(self, by: Actor) -> None:
        self.mine = {
            a.name.lower(): a for a in Award.objects.visible_to(by).select_related("program")
        }
        self.named: set[str] = set()  # by rows of the file
        self.said: dict[tuple[str, ...], int | StagedRow] = {}
        self.rows: dict[tuple[str, ...], int] = {}
        for award in Award.objects.all():
            self.said |= dict.fromkeys(_keys(award).values(), award.pk)

    def ask(self, plan: AwardPlan, award: Award, before: Award | None = None) -> None:
        """Refuse a row whose award could not stand; else it stands so, and not any more as
        `before`, for the rows that follow."""
        keys = _keys(award)
        own = award.pk or plan.row
        problems = list(
            award_problems(
                award, lambda _a: {n for n, key in keys.items() if self.said.get(key, own) != own}
            )
        )
        for problem in problems:
            first = self.rows.get(keys.get(problem.field or "", ()))
            beside = _(" It stands in row %s.") % first if first else ""
            plan.refuse(problem.field or "", problem.message + beside)
        if not problems and not plan.problems and not plan.row.faults:
            for key in _keys(before).values() if before else ():
                self.said.pop(key, None)
            self.said |= dict.fromkeys(keys.values(), own)
            self.rows |= dict.fromkeys(keys.values(), plan.row.number)


def _keys(award: Award) -> dict[str, tuple[str, ...]]:
    """What of an award no other may have."""
    keys: dict[str, tuple[str, ...]] = {"name": ("name", award.name.lower())}
    if award.fain:
        keys["fain"] = ("fain", award.fain.lower(), award.subaward_number)
    if award.frn:
        keys["frn"] = ("frn", award.frn.lower())
    return keys
