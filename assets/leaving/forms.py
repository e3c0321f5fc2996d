"""What is typed where a thing leaves the register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.models import DisposalMethod
from core.web.forms import AmountField, DateField, HouseForm, ReasonField


class DisposeForm(HouseForm):
    method = forms.ChoiceField(label=_("Method"), choices=DisposalMethod.choices)
    disposed_on = DateField(label=_("Disposed on"))
    sale_price = AmountField(
        label=_("Sale price (0 is a price, empty is unknown)"),
        max_digits=12,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    fair_market_value = AmountField(
        label=_("Fair market value"), max_digits=12, decimal_places=2, min_value=0, required=False
    )
    recipient = forms.CharField(label=_("Buyer or recipient"), max_length=200, required=False)
    reason = ReasonField(label=_("Reason"), required=False)
