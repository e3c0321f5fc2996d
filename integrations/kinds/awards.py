"""Awards."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from core.access import Actor
from funding import actions
from funding.models import Award, Program
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
        programs: dict[str, Program] = {}
        for p in Program.objects.all():
            programs |= {p.code.lower(): p, p.name.lower(): p}
        by_pk = {p.pk: p for p in programs.values()}
        awards = {a.name.lower(): a for a in Award.objects.visible_to(by)}
        for plan in planned:
            v = plan.values
            name = v.get("name", "")
            if not name or name.lower() in seen:
                plan.refuse("name", _("Each row needs a name of its own."))
                continue
            seen[name.lower()] = plan.row.number
            award = awards.get(name.lower())
            if award is None:
                named = v.get("program", "")
                program = programs.get(named.lower()) or by_pk.get(
                    unknown.meant("program", named) or 0
                )
                if program is None and not named:
                    plan.refuse("program", _("A new award needs its program."))
                    continue
                if program is None:
                    unknown.note("program", named)
                    plan.refuse("program", _("There is no program called %s.") % named)
                    continue
                v["program_id"] = program.pk
                plan.outcome = "create"
                continue
            plan.object_id = award.pk
            for f in FACTS:
                if f in v and v[f] != getattr(award, f):
                    plan.change(f, getattr(award, f), v[f])
            plan.outcome = "update" if plan.changes else "same"
        return planned

    def apply(self, session: ImportSession, plans: Sequence[Planned], by: Actor) -> None:
        for plan in plans:
            v = plan.values
            facts = {f: v[f] for f in FACTS if f in v}
            if plan.outcome == "create":
                program = Program.objects.get(pk=v["program_id"])
                award = actions.create_award(by=by, program=program, name=v["name"], **facts)
            else:
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
