"""What is typed to put right what was recorded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.forms import AnotherMixin, RoomChoice, ScopedForm
from assets.models import Condition, Product
from core.web.forms import CodeField, DateField, HouseForm, ReasonField


class EditForm(ScopedForm):
    description = forms.CharField(label=_("Description"), max_length=300, required=False)
    use = forms.CharField(label=_("Use (program)"), max_length=200, required=False)
    title_holder = forms.CharField(label=_("Title holder"), max_length=64, required=False)
    home_room = RoomChoice(label=_("Home room"), required=False)
    condition = forms.ChoiceField(label=_("Condition"), choices=Condition.choices, required=False)
    acquired_on = DateField(label=_("Acquired"), required=False)


class CorrectForm(AnotherMixin, ScopedForm):
    tag = forms.CharField(label=_("Tag"), max_length=64)
    serial = forms.CharField(label=_("Serial number"), max_length=128, required=False)
    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.none())
    acquired_on = DateField(label=_("Acquired"), required=False)
    holder = CodeField(
        label=_("Right holder's id (where the wrong person was recorded)"),
        max_length=64,
        required=False,
    )
    room = RoomChoice(label=_("Right room (where the wrong one was recorded)"), required=False)
    on = DateField(
        label=_("Holder or room from this day on (empty: from the beginning)"), required=False
    )
    reason = ReasonField(label=_("What was wrong"))


class MergeForm(HouseForm):
    into = CodeField(label=_("Tag of the asset that stays"), max_length=128)
    reason = ReasonField(label=_("Reason"))
