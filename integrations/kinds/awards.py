"""Awards."""

from collections.abc import Sequence
from copy import copy
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from core.access import Actor, may
from funding import actions
from funding.models import Award, Program
from funding.rules.awards import award_of, award_problems
from integrations import cells
from integrations.kinds.base import Field, ImportKind, Planned
from integrations.kinds.unknown import Unknown
from integrations.models import ImportSession, StagedRow

FACTS = (
    "fain",
    "frn",
    "aln",
    "pass_through",
    "subaward_number",
    "amount",
    "issued_on",
    "federal_award_on",
    "period_start",
    "period_end",
    "obligate_by",
    "liquidate_by",
    "title_holder",
)
#: Facts that are no texts: undo reads them as the file was read.
TYPED = {f for f in FACTS if f.endswith(("_on", "_start", "_end", "_by"))} | {"amount"}


class AwardImport(ImportKind):
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

    def plan(
        self,
        session: ImportSession,
        rows: Sequence[StagedRow],
        by: Actor,
        seen: dict[str, Any],
        unknown: Unknown,
    ) -> list[Planned]:
        planned = self.parse(session, rows, unknown)
        programs = _Programs(unknown)
        here = seen.setdefault("awards", _Awards(by))
        allowed = may(by, "funding.change_award")
        for plan in planned:
            name = plan.values.get("name", "")
            if not name or f"name:{name.lower()}" in seen:
                plan.refuse("name", _("Each row needs a name of its own."))
                continue
            seen[f"name:{name.lower()}"] = plan.row.number
            award = here.mine.get(name.lower())
            if award is None:
                self._new(plan, programs, here)
            else:
                self._known(plan, award, programs, here)
            if not allowed and plan.outcome != "same":
                plan.refuse("", _("Your role does not allow you to change awards."))
        return planned

    @staticmethod
    def _new(plan: Planned, programs: "_Programs", here: "_Awards") -> None:
        v = plan.values
        named = v.get("program", "")
        program = programs.called(named)
        if program is None and not named:
            plan.refuse("program", _("A new award needs its program."))
            return
        if program is None:
            programs.unknown.note("program", named)
            plan.refuse("program", _("There is no program called %s.") % named)
            return
        v["program_id"] = program.pk
        plan.outcome = "create"
        facts = {f: v[f] for f in FACTS if f in v}
        here.ask(plan, award_of(program, v["name"], **facts))

    @staticmethod
    def _known(plan: Planned, award: Award, programs: "_Programs", here: "_Awards") -> None:
        v = plan.values
        plan.object_id = award.pk
        changed = copy(award)
        for f in FACTS:
            if f in v and v[f] != getattr(award, f):
                plan.change(f, getattr(award, f), v[f])
                setattr(changed, f, v[f])
        if not award.active:  # as after an undo: the file says that it is one
            plan.change("active", False, True, shown=(_("out of use"), _("in use")))
        if v.get("program") and programs.called(v["program"]) != award.program:
            # Which rules its money is under, reports of the past included, no list changes.
            message = _("Not taken over: program %(said)s (here: %(here)s).")
            plan.warnings.append(message % {"said": v["program"], "here": award.program.name})
        plan.outcome = "update" if plan.changes else "same"
        if plan.changes:
            here.ask(plan, changed, award)

    def apply(self, session: ImportSession, plans: Sequence[Planned], by: Actor) -> None:
        for plan in plans:
            v = plan.values
            facts = {f: v[f] for f in FACTS if f in v}
            if plan.outcome == "create":
                program = Program.objects.get(pk=v["program_id"])
                award = actions.create_award(by=by, program=program, name=v["name"], **facts)
            else:
                if "active" in plan.changes:
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
        parse = {f.name: f.parse for f in self.fields}
        old: dict[str, Any] = {
            name: parse[name](value) if value and name in TYPED else value
            for name, value in row.before.items()
        }
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


class _Awards:
    """The awards of the register as the rows of a file leave them, one after the other: a row is
    asked what the action will ask, and the register only once."""

    def __init__(self, by: Actor) -> None:
        self.mine = {
            a.name.lower(): a for a in Award.objects.visible_to(by).select_related("program")
        }
        self.said: dict[tuple[str, ...], int | StagedRow] = {}
        self.rows: dict[tuple[str, ...], int] = {}
        for award in Award.objects.all():
            self.said |= dict.fromkeys(_keys(award).values(), award.pk)

    def ask(self, plan: Planned, award: Award, before: Award | None = None) -> None:
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
