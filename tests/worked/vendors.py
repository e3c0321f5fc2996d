"""An import kind that the house has not: a list of vendors. All of it is one file, as in the house;
it stands there in integrations/kinds/vendors.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import Actor, may
from funding.actions import change_vendor, create_vendor
from funding.models import Vendor
from integrations import cells
from integrations.fields import Field
from integrations.kinds.base import ImportKind
from integrations.kinds.rows.changes import Change, Changes, change
from integrations.kinds.rows.planned import FACT, Planned, Row, facts_of
from integrations.kinds.rows.unknown import Unknown
from integrations.models import ImportSession, StagedRow


@dataclass(slots=True, eq=False)
class VendorRow(Row):
    """What a row says of a vendor: which one, and two facts."""

    name: str | None = None
    number: str | None = field(default=None, metadata=FACT)
    spin: str | None = field(default=None, metadata=FACT)


class VendorChanges(Changes):
    """What a row may change of a vendor."""

    number: Change[str] | None = None
    spin: Change[str] | None = None
    active: Change[bool] | None = None


VendorPlan: TypeAlias = Planned[VendorRow, VendorChanges]
#: The names of a file so far.
Names: TypeAlias = set[str]


class VendorImport(ImportKind[VendorRow, VendorChanges, Names]):
    name, label = "vendors", gettext_lazy("Vendors")
    row, changes = VendorRow, VendorChanges
    fields = (
        Field("name", ("vendor", "vendor name", "supplier"), partial(cells.text, longest=200)),
        Field("number", ("vendor number",), partial(cells.code, longest=32)),
        Field("spin", ("service provider number",), partial(cells.code, longest=16)),
    )

    def begin(self, session: ImportSession, by: Actor, unknown: Unknown) -> Names:
        return set()

    def plan(
        self,
        session: ImportSession,
        rows: Sequence[StagedRow],
        by: Actor,
        seen: Names,
        unknown: Unknown,
    ) -> list[VendorPlan]:
        planned = self.parse(session, rows, unknown)
        here = {vendor.name.lower(): vendor for vendor in Vendor.objects.all()}
        for plan in planned:
            name = (plan.values.name or "").lower()
            if not name or name in seen:
                plan.refuse("name", _("Each row needs a name of its own."))
                continue
            seen.add(name)
            plan.outcome = "create"
            if (vendor := here.get(name)) is not None:
                plan.object_id = vendor.pk
                plan.compare(vendor)
                if not vendor.active:
                    plan.changes.active = change(False, True)
                plan.outcome = "update" if plan.changes else "same"
            if plan.outcome != "same" and not may(by, "funding.change_vendor"):
                plan.refuse("", _("Your role does not allow you to change vendors."))
        return planned

    def apply(self, session: ImportSession, plans: Sequence[VendorPlan], by: Actor) -> None:
        for plan in plans:
            v = plan.values
            if plan.outcome == "create":
                vendor = create_vendor(v.name or "", by=by, **v.facts())
            else:
                there = Vendor.objects.get(pk=plan.object_id or 0)
                vendor = change_vendor(there, by=by, active=True, **v.facts())
            plan.row.object_id, plan.row.applied_version = vendor.pk, vendor.version

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        vendor = Vendor.objects.get(pk=row.object_id or 0)
        if vendor.version != row.applied_version:
            return _("%s changed since.") % vendor.name
        old = VendorChanges.read(row).facts((*facts_of(VendorRow), "active"))
        change_vendor(vendor, by=by, **(old or {"active": False}))
        return ""
