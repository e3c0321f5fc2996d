"""What is typed to hand out and to check in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.forms import RoomChoice, ScopedForm
from assets.models import Condition
from core.web.forms import CodeField, DateField, HouseForm


class AssignForm(HouseForm):
    person = CodeField(label=_("Student number, staff id or card, or full name"), max_length=64)
    on = DateField(label=_("On (empty: now)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].widget.attrs["autofocus"] = True


class ReturnForm(ScopedForm):
    room = RoomChoice(required=False, empty_label=_("Its home room"))
    condition = forms.ChoiceField(
        label=_("Condition"), required=False, choices=[("keep", _("As before")), *Condition.choices]
    )
