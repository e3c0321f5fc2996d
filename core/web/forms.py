"""Forms in the look of the house."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.problems import ProblemError
from core.time import days


class HouseForm(forms.Form):
    """A form with the kit's classes; `take` shows an action's Problems in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = field.widget
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
                field.empty_label = _("Choose…") if field.required else "–"
            if isinstance(widget, forms.CheckboxInput):
                widget.attrs["class"] = "form-check-input"
            elif isinstance(widget, forms.CheckboxSelectMultiple):
                pass
            elif isinstance(widget, forms.Select):
                widget.attrs["class"] = "form-select"
            else:
                widget.attrs["class"] = "form-control"

    def take(self, error: ProblemError) -> None:
        """Show why an action refused, each problem at its field."""
        for problem in error.problems:
            name = problem.field if problem.field in self.fields else None
            self.add_error(name, str(problem.message))


class CodeField(forms.CharField):
    """A tag, serial or card: what a scanner types here stays here (static/js/scan.js)."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        plain = {
            "data-code": True,
            "autocomplete": "off",
            "autocapitalize": "off",
            "spellcheck": "false",
        }
        return super().widget_attrs(widget) | plain


def _in_range(day: date) -> None:
    if not days.in_range(day):
        raise ValidationError(days.OUT_OF_RANGE, code="out-of-range")


class DateField(forms.DateField):
    """A day, with the browser's own picker; no slip of a year that no district means."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators: ClassVar[list[Any]] = [_in_range]


class ReasonField(forms.CharField):
    """Why: a sentence that goes into the journal."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)


class ReasonForm(HouseForm):
    """Asks for nothing but why."""

    reason = ReasonField(label=_("Reason"))
