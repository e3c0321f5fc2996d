"""What is typed when a report is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor
from core.time import days
from core.web.forms import DateField, HouseForm
from funding.models import Award
from people.models import School
from reports.models import Report


class ReportForm(HouseForm):
    award = forms.ModelChoiceField(label=_("Award"), queryset=Award.objects.none())
    as_of = DateField(label=_("As of (end of day)"))
    known_on = DateField(
        label=_("As known at the end of (empty: now)"),
        required=False,
        help_text=_("A past day leaves out what was recorded after it, backdated or not."),
    )
    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        required=False,
        empty_label=_("All schools"),
    )
    per_school = forms.BooleanField(
        label=_("One report per school"),
        required=False,
        help_text=_("For an award with more items than one PDF bears."),
    )
    formats = forms.MultipleChoiceField(
        label=_("Formats"),
        choices=Report.Format.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=["pdf", "xlsx", "csv"],
    )

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        award: Any = self.fields["award"]
        award.queryset = Award.objects.visible_to(by)
        school: Any = self.fields["school"]
        school.queryset = School.objects.visible_to(by)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("per_school") and values.get("school"):
            self.add_error("per_school", _("Choose one school, or one report for each."))
        day = values.pop("known_on", None)
        if day and day > days.today():
            self.add_error("known_on", _("This day has not come yet."))
        elif day and day < days.today():
            values["known_at"] = days.end_of_day(day)
        return values
