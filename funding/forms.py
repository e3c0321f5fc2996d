"""What is typed about money: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor
from core.forms import DateField, HouseForm, ReasonField
from funding.models import Award, Program, PurchaseLine
from funding.models.award import UGVersion


class MoneyField(forms.DecimalField):
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
    pass_through = forms.CharField(label=_("Pass-through entity"), max_length=200, required=False)
    subaward_number = forms.CharField(label=_("Subaward number"), max_length=64, required=False)
    amount = MoneyField(label=_("Amount"), required=False)
    issued_on = DateField(label=_("Issued"), required=False)
    period_start = DateField(label=_("Period of performance from"), required=False)
    period_end = DateField(label=_("Period of performance until"), required=False)
    obligate_by = DateField(label=_("Obligate by"), required=False)
    liquidate_by = DateField(label=_("Liquidate by"), required=False)
    final_report_on = DateField(label=_("Final report"), required=False)
    equipment_threshold = MoneyField(label=_("The award's own equipment line"), required=False)
    title_holder = forms.CharField(label=_("Title holder"), max_length=64, required=False)


class AwardEditForm(AwardForm):
    ug_version = forms.ChoiceField(label=_("Uniform Guidance text"), choices=UGVersion.choices)


class PurchaseForm(HouseForm):
    number = forms.CharField(label=_("PO number"), max_length=64)
    vendor = forms.CharField(label=_("Vendor"), max_length=200, required=False)
    ordered_on = DateField(label=_("Ordered"), required=False)
    description = forms.CharField(label=_("What is bought"), max_length=300)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=100_000)
    amount = MoneyField(label=_("Amount with freight, tax and discount (empty: unknown)"), required=False)  # fmt: skip
    invoice_number = forms.CharField(label=_("Invoice"), max_length=64, required=False)


class ReceiveForm(HouseForm):
    line = forms.ModelChoiceField(label=_("Line"), queryset=PurchaseLine.objects.none())
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=100_000)
    received_on = DateField(label=_("Received on"))

    def __init__(self, *args: Any, purchase: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["line"]
        field.queryset = purchase.lines.all()
        field.label_from_instance = lambda line: f"{line.number} · {line.description}"


class ShareForm(HouseForm):
    columns = 3  # an award, its amount or per cent: a row each
    line = forms.ModelChoiceField(label=_("Line"), queryset=PurchaseLine.objects.none())
    award_1 = forms.ModelChoiceField(label=_("Award"), queryset=Award.objects.none())
    amount_1 = MoneyField(label=_("Amount"), required=False)
    percent_1 = forms.DecimalField(label=_("or per cent"), max_digits=7, decimal_places=4, min_value=0, max_value=100, required=False)  # fmt: skip
    award_2 = forms.ModelChoiceField(label=_("Second award"), queryset=Award.objects.none(), required=False)  # fmt: skip
    amount_2 = MoneyField(label=_("Amount"), required=False)
    percent_2 = forms.DecimalField(label=_("or per cent"), max_digits=7, decimal_places=4, min_value=0, max_value=100, required=False)  # fmt: skip
    award_3 = forms.ModelChoiceField(label=_("Third award"), queryset=Award.objects.none(), required=False)  # fmt: skip
    amount_3 = MoneyField(label=_("Amount"), required=False)
    percent_3 = forms.DecimalField(label=_("or per cent"), max_digits=7, decimal_places=4, min_value=0, max_value=100, required=False)  # fmt: skip
    on = DateField(label=_("True from (empty: now)"), required=False)
    reason = ReasonField(label=_("Reason, where it replaces other shares"), required=False)

    def __init__(self, *args: Any, purchase: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line: Any = self.fields["line"]
        line.queryset = purchase.lines.all()
        line.label_from_instance = lambda x: f"{x.number} · {x.description}"
        for n in "123":
            award: Any = self.fields[f"award_{n}"]
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
        self.fields["award"].queryset = Award.objects.visible_to(by)  # type: ignore[attr-defined]


class AuditorForm(AwardAccessForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email"))
    field_order = ["name", "email", "award", "ends_on"]

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        del self.fields["by_name"]
