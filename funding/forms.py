"""What is typed about money: shape only."""

import json
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor
from core.problems import ProblemError, Stale
from core.web.forms import AmountField, DateField, HouseForm, ReasonField, offer
from core.web.once import too_old
from funding.models import Award, Parameter, Program, PurchaseLine
from funding.models.award import Family, UGVersion
from funding.parameter_names import PARAMETERS


class MoneyField(AmountField):
    """Dollars and cents."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"max_digits": 14, "decimal_places": 2, "min_value": 0} | kwargs
        super().__init__(**kwargs)


class AwardForm(HouseForm):
    program = forms.ModelChoiceField(label=_("Program"), queryset=Program.objects.all())
    name = forms.CharField(label=_("Name"), max_length=200)
    fain = forms.CharField(label=_("FAIN"), max_length=32, required=False)
    frn = forms.CharField(label=_("FRN"), max_length=32, required=False)
    aln = forms.CharField(label=_("ALN"), max_length=10, required=False)
    award_year = forms.CharField(label=_("Award year"), max_length=16, required=False)
    pass_through = forms.CharField(label=_("Pass-through entity"), max_length=200, required=False)
    subaward_number = forms.CharField(label=_("Subaward number"), max_length=64, required=False)
    amount = MoneyField(label=_("Amount"), required=False)
    federal_percent = AmountField(
        label=_("Federal participation, percent"),
        max_digits=6,
        decimal_places=3,
        min_value=0,
        max_value=100,
        required=False,
    )
    issued_on = DateField(label=_("Issued (the sub-award's letter)"), required=False)
    federal_award_on = DateField(
        label=_("Initial federal award"),
        required=False,
        help_text=_("The FAIN's first date, as the pass-through entity states it."),
    )
    supplement_on = DateField(
        label=_("Supplement of the federal award"),
        required=False,
        help_text=_("Only where its initial date is not known."),
    )
    allowable_from = DateField(label=_("Costs allowable from"), required=False)
    period_start = DateField(label=_("Period of performance from"), required=False)
    period_end = DateField(label=_("Period of performance until"), required=False)
    obligate_by = DateField(label=_("Obligate by"), required=False)
    liquidate_by = DateField(label=_("Liquidate by"), required=False)
    final_report_on = DateField(label=_("Final report"), required=False)
    ug_version = forms.ChoiceField(
        label=_("Uniform Guidance text"),
        required=False,
        choices=[("", _("by the day of the federal award")), *UGVersion.choices],
    )
    equipment_threshold = MoneyField(label=_("The award's own equipment line"), required=False)
    title_holder = forms.CharField(label=_("Title holder"), max_length=64, required=False)


class AwardEditForm(AwardForm):
    active = forms.BooleanField(label=_("Active"), required=False)


class ProgramForm(HouseForm):
    code = forms.CharField(label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=200)
    family = forms.ChoiceField(label=_("Rules"), choices=Family.choices)
    aln = forms.CharField(label=_("ALN"), max_length=10, required=False)
    federal_agency = forms.CharField(label=_("Federal agency"), max_length=200, required=False)
    cluster = forms.CharField(label=_("Cluster"), max_length=200, required=False)
    allowable_from = DateField(label=_("Costs allowable from"), required=False)
    obligate_by = DateField(label=_("Obligate by"), required=False)


class ReceiveForm(HouseForm):
    """What came of a line. It remembers what was still to come when it was shown."""

    shown = forms.JSONField(widget=forms.HiddenInput, required=False)
    line = forms.ModelChoiceField(label=_("Line"), queryset=PurchaseLine.objects.none())
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=100_000)
    received_on = DateField(label=_("Received on"))

    def __init__(self, *args: Any, purchase: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["line"]
        field.queryset = purchase.lines.filter(quantity__gt=0).annotate(
            here=Count("units", filter=Q(units__voided_at=None))
        )
        field.label_from_instance = _to_come
        self.initial["shown"] = self._left()

    def clean(self) -> dict[str, Any]:
        v = super().clean() or {}
        shown, line = v.pop("shown", None) or {}, v.get("line")
        if line is not None:
            v["seen"] = shown.get(str(line.pk)) if isinstance(shown, dict) else None
            if not isinstance(v["seen"], int):
                self.add_error(None, too_old().message)
                self._look_again()
        return v

    def take(self, error: ProblemError) -> None:
        super().take(error)
        if isinstance(error, Stale):
            self._look_again()

    def _look_again(self) -> None:
        """Who saves it again has seen what is still to come now."""
        data: Any = self.data
        data = data.copy()
        data["shown"] = json.dumps(self._left())
        self.data = data

    def _left(self) -> dict[str, int]:
        field: Any = self.fields["line"]
        return {str(line.pk): line.quantity - line.here for line in field.queryset.all()}


def _to_come(line: Any) -> str:
    words = {"left": line.quantity - line.here, "ordered": line.quantity}
    left = _("%(left)s of %(ordered)s still to come") % words
    return f"{line.number} · {line.description} ({left})"


class LineForm(HouseForm):
    description = forms.CharField(label=_("What is bought"), max_length=300)
    quantity = forms.IntegerField(
        label=_("Quantity"),
        min_value=0,
        max_value=100_000,
        help_text=_("0: freight or tax of the whole order, which the other lines bear."),
    )
    amount = MoneyField(
        label=_("Amount with freight, tax and discount (empty: unknown)"),
        required=False,
        min_value=None,
        help_text=_("Below zero, with quantity 1: a discount or credit that the other lines bear."),
    )
    invoice_number = forms.CharField(label=_("Invoice"), max_length=64, required=False)
    invoice_on = DateField(label=_("Invoice date"), required=False)
    paid_on = DateField(label=_("Paid"), required=False)
    account = forms.CharField(label=_("Account string"), max_length=64, required=False)


class PurchaseForm(LineForm):
    """A purchase with its first line."""

    number = forms.CharField(label=_("PO number"), max_length=64)
    vendor = forms.CharField(label=_("Vendor"), max_length=200, required=False)
    ordered_on = DateField(label=_("Ordered"), required=False)
    field_order = ["number", "vendor", "ordered_on"]


class PurchaseEditForm(HouseForm):
    """What a purchase says itself."""

    number = forms.CharField(label=_("PO number"), max_length=64)
    vendor = forms.CharField(label=_("Vendor"), max_length=200, required=False)
    ordered_on = DateField(label=_("Ordered"), required=False)
    reason = ReasonField(label=_("Reason, where something of it was received"), required=False)


class LineNewForm(LineForm):
    reason = ReasonField(
        label=_("Reason, where the cost of received items changes"), required=False
    )


class LineEditForm(LineNewForm):
    """What a line says. Of a discount or credit nothing comes."""

    def __init__(self, *args: Any, credit: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if credit:
            del self.fields["quantity"]


class LineRemoveForm(HouseForm):
    """Asks why, where the cost of received things changes by it."""

    reason = ReasonField(
        label=_("Reason, where the cost of received items changes"), required=False
    )


class CostForm(HouseForm):
    cost = MoneyField(label=_("Cost"))
    reason = ReasonField(label=_("Where this is known from"))


class SecondPersonForm(HouseForm):
    """From which amount on money that is not federal needs a second person, too."""

    from_amount = MoneyField(label=_("Reclassification of other money from"))
    starts_on = DateField(label=_("From"))


class DecisionForm(HouseForm):
    reason = ReasonField(label=_("Reason, where you reject it"), required=False)


class ParameterForm(HouseForm):
    parameter = forms.ChoiceField(label=_("Parameter"))
    value = forms.CharField(label=_("New value"), max_length=64)
    starts_on = DateField(label=_("From"))
    source = forms.CharField(label=_("Source"), max_length=64)
    state = forms.CharField(
        label=_("Only in the state (two letters)"), max_length=2, required=False
    )
    program = forms.ModelChoiceField(
        label=_("Only of the program"), queryset=Program.objects.all(), required=False
    )
    award = forms.ModelChoiceField(
        label=_("Only of the award"), queryset=Award.objects.none(), required=False
    )

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Parameter.objects.order_by("key", "scope").values_list("key", "scope").distinct()
        called = ((key, scope, PARAMETERS.get(key, key)) for key, scope in there)
        field: Any = self.fields["parameter"]
        field.choices = [(f"{key}|{scope}", f"{words} ({scope})") for key, scope, words in called]
        award: Any = self.fields["award"]
        award.queryset = Award.objects.visible_to(by)


class CapitalizationForm(HouseForm):
    level = MoneyField(label=_("Capitalize from a unit cost of"))
    asset_class = forms.CharField(label=_("Class (empty: all)"), max_length=32, required=False)
    starts_on = DateField(label=_("From"))


class VendorForm(HouseForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    number = forms.CharField(label=_("Vendor number"), max_length=32, required=False)
    spin = forms.CharField(label=_("SPIN"), max_length=16, required=False)


class AwardAccessForm(HouseForm):
    award = forms.ModelChoiceField(label=_("Award"), queryset=Award.objects.none())
    ends_on = DateField(label=_("Until"), required=False)
    by_name = forms.BooleanField(label=_("They see people by name"), required=False)

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "award", Award.objects.visible_to(by))


class AuditorForm(AwardAccessForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email"))
    field_order = ["name", "email", "award", "ends_on"]

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        del self.fields["by_name"]
