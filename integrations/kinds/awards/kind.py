"""Awards."""

from collections.abc import Collection, Sequence
from copy import copy
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import Actor, may
from core.models import Entry
from core.time import days
from funding import actions
from funding.models import Award, Program, UnitShare
from funding.rules.awards import award_of
from integrations import cells
from integrations.fields import Field
from integrations.kinds.awards.known import ASKED, asks
from integrations.kinds.awards.row import AwardChanges, AwardPlan, AwardRow
from integrations.kinds.awards.seen import AwardsSeen, Programs, as_called
from integrations.kinds.base import ImportKind
from integrations.kinds.rows.changes import Change
from integrations.kinds.rows.no_rows import ask_section
from integrations.kinds.rows.planned import facts_of
from integrations.kinds.rows.reopened import came_since, reopened
from integrations.kinds.rows.unknown import Unknown
from integrations.kinds.unused.columns import of_registers
from integrations.models import ImportSession, StagedRow


class AwardImport(ImportKind[AwardRow, AwardChanges, "AwardsSeen"]):
    name, label = "awards", gettext_lazy("Awards")
    model, row, changes = Award, AwardRow, AwardChanges
    questions = ASKED
    fields = (
        Field(
            "name", ("award", "award name", "grant", "grant name"), partial(cells.name, longest=200)
        ),
        Field(
            "program", ("program code", "program name", "fund"), partial(cells.name, longest=200)
        ),
        Field(
            "fain",
            ("federal award identification number",),
            partial(cells.code, longest=32),
            one_code=True,
        ),
        Field("frn", ("funding request number",), partial(cells.code, longest=32), one_code=True),
        Field("aln", ("cfda", "assistance listing number"), partial(cells.aln, longest=10)),
        Field("pass_through", ("pass through entity", "pte"), partial(cells.name, longest=200)),
        Field("subaward_number", ("subaward",), partial(cells.code, longest=64)),
        Field("amount", ("award amount",), cells.money),
        Field("issued_on", ("issued", "award date"), cells.day),
        Field(
            "federal_award_on",
            ("federal award date", "fain date", "initial federal award"),
            cells.day,
        ),
        Field("period_start", ("start", "start date"), cells.day, ahead=True),
        Field("period_end", ("end", "end date"), cells.day, happens_once=True, ahead=True),
        Field("obligate_by", ("obligation deadline",), cells.day, happens_once=True, ahead=True),
        Field("liquidate_by", ("liquidation deadline",), cells.day, happens_once=True, ahead=True),
        Field("title_holder", (), partial(cells.text, longest=64)),
    )

    def spoken(self, said: list[str], used: Collection[str]) -> Promise | str:
        return of_registers(said, used)

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
        programs = Programs(unknown)
        allowed = may(by, "funding.change_award")
        for plan in planned:
            if plan.no_row:
                continue
            name = plan.values.name or ""
            if name and not (name := seen.alike.meant(plan, name)):
                continue
            plan.values.name = name
            if not name or as_called(name) in seen.named:
                plan.refuse("name", _("Each row needs a name of its own."))
                continue
            seen.named.add(as_called(name))
            award = seen.mine.get(as_called(name))
            if award is None and ask_section(plan, session.mapping):
                continue
            if award is None:
                self._new(plan, name, programs, seen)
            else:
                self._known(plan, award, programs, seen)
            if not allowed and plan.outcome != "same":
                plan.refuse("", _("Your role does not allow you to change awards."))
        return planned

    @staticmethod
    def _new(plan: AwardPlan, name: str, programs: "Programs", here: "AwardsSeen") -> None:
        v = plan.values
        named = v.program or ""
        program = programs.called(named)
        if program is None and not named:
            plan.refuse("program", _("A new award needs its program."))
            return
        if program is None:
            programs.unknown.note("program", named)
            plan.refuse("program", programs.why_not(named))
            return
        v.program_row = program
        plan.outcome = "create"
        here.ask(plan, award_of(program, name, **v.facts()))

    @staticmethod
    def _known(plan: AwardPlan, award: Award, programs: "Programs", here: "AwardsSeen") -> None:
        v = plan.values
        if asks(plan, award):
            return
        plan.object_id = award.pk
        changed = copy(award)
        plan.compare(award)
        for name, said in v.facts().items():
            setattr(changed, name, said)
        if v.program and not programs.is_called(award.program, v.program):
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
                award = Award.objects.get(pk=plan.object_id or 0)
                plan.changes.version = Change(award.version)
                award = actions.change_award(award, by=by, **facts)
            plan.row.object_id, plan.row.applied_version = award.pk, award.version

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        award = Award.objects.get(pk=row.object_id or 0)
        if award.version != row.applied_version:
            return _("%s changed since.") % award.name
        old: dict[str, Any] = {"active": False}
        if row.outcome != "create":
            old = AwardChanges.read(row).facts((*facts_of(AwardRow), "active"))
        if old.get("active") is False and (why := _used(session, award)):
            return why
        actions.change_award(award, by=by, **old)
        return ""


def _used(session: ImportSession, award: Award) -> str:
    """Why an award that an import brought, or put back into use, stays: what came since."""
    opened = reopened(session, award)
    paid = UnitShare.objects.known().filter(award=award)
    seen_by = award.memberships.in_force(days.today()).exists()
    if opened is not None:
        paid = paid.filter(known_from__gt=opened.recorded_at)
        granted = Entry.objects.of(award).filter(kind="award.access_granted", pk__gt=opened.pk)
        seen_by = seen_by and granted.exists()
    if paid.exists():
        return _("%s pays for items, or did.") % award.name
    if seen_by:
        return _("Somebody was given sight of %s.") % award.name
    if came_since(opened, award.parameters.all(), award=[award.pk]):
        return _("A threshold or deadline was set for %s.") % award.name
    return ""
