"""Forms in the look of the house."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.amounts import settled
from core.problems import ProblemError
from core.text.lines import control_problems, is_seen, unseen_problems
from core.time import days
from core.web.edits import EditsMixin
from core.web.once import OnceMixin

#: What is typed into these is nobody's name.
SEVERAL_LINES_OR_SECRET = (forms.Textarea, forms.PasswordInput)


class HouseForm(OnceMixin, EditsMixin):
    """A form with the kit's classes; `take` shows an action's Problems in it, `edits` says that it
    changes what stands, `adds` that it adds something."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            self.dress(field)

    @staticmethod
    def dress(field: forms.Field) -> None:
        """Give a field the kit's class; for one that a form adds once it knows what it asks."""
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

    def _clean_fields(self) -> None:
        """Every text in one line is one, and shows something where it must be given."""
        super()._clean_fields()
        for name, field in self.fields.items():
            text = self.cleaned_data.get(name)
            if not (isinstance(field, forms.CharField) and isinstance(text, str) and text):
                continue
            if isinstance(field, CodeField) or isinstance(field.widget, SEVERAL_LINES_OR_SECRET):
                continue
            problems = list(control_problems(text))
            if field.required:
                problems += unseen_problems(text)
            elif not is_seen(text):
                self.cleaned_data[name] = field.empty_value
            for problem in problems:
                self.add_error(name, ValidationError(problem.message, code=problem.code))

    def take(self, error: ProblemError) -> None:
        """Show why an action refused, each problem at its field."""
        for problem in error.problems:
            name = problem.field if problem.field in self.fields else None
            self.add_error(name, str(problem.message))


def offer(form: forms.BaseForm, name: str, values: Any) -> None:
    """What a field of choices offers in this form: rows, or pairs of value and label."""
    field: Any = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = values
    else:
        field.choices = values


class CodeField(forms.CharField):
    """A tag, serial or card: what a scanner types here stays here (static/js/scan.js). Its own
    rule says what a code may be."""

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
    # Theirs is of the instance.
    default_validators: ClassVar[list[Any]] = [_in_range]  # type: ignore[misc]


class AmountField(forms.DecimalField):
    """An amount or a per cent, in as many places as its column has."""

    def __init__(self, *, decimal_places: int, **kwargs: Any) -> None:
        super().__init__(decimal_places=decimal_places, **kwargs)
        self.places = decimal_places

    def clean(self, value: Any) -> Decimal | None:
        """What was typed as it is kept: one zero, no exponent."""
        found: Decimal | None = super().clean(value)
        return None if found is None else settled(found, self.places)


class ReasonField(forms.CharField):
    """Why: a sentence that goes into the journal."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)


class ReasonForm(HouseForm):
    """Asks for nothing but why."""

    reason = ReasonField(label=_("Reason"))
