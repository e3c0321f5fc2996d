"""Forms in the look of the house."""

from typing import Any

from django import forms

from core.problems import ProblemError


class HouseForm(forms.Form):
    """A form with the kit's classes; `take` shows an action's Problems in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = field.widget
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


class DateField(forms.DateField):
    """A day, with the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReasonField(forms.CharField):
    """Why: a sentence that goes into the journal."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)
