"""What is typed about an import: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.models import Category
from core.access import MaybeActor
from core.web.forms import DateField, HouseForm, offer
from integrations.answers import ANSWERS
from integrations.kinds import KINDS
from people.models import Person, School


class DefaultsForm(HouseForm):
    """What rows mean that name no school or category."""

    school = forms.ChoiceField(label=_("School of rows that name none"), required=False)
    category = forms.CharField(
        label=_("Category of rows that name none"), max_length=100, required=False
    )
    people = forms.ChoiceField(
        label=_("The people of this file are"),
        required=False,
        choices=[("", _("as its column says")), *Person.Kind.choices],
    )
    list_of = DateField(
        label=_("The list is of"),
        required=False,
        help_text=_(
            "The day that it describes; empty: today. What it does not date is shown as "
            "listed on that day."
        ),
    )

    def __init__(self, *args: Any, by: MaybeActor, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind and not KINDS[kind].of_people:
            del self.fields["people"]
        schools = School.objects.visible_to(by).filter(active=True).order_by("name")
        choices = [("", _("none: such rows are refused")), *((s.code, str(s)) for s in schools)]
        offer(self, "school", choices)
        self.fields["category"].widget.attrs["list"] = "categories"
        self.categories = Category.objects.order_by("name")


class ColumnsForm(DefaultsForm):
    """What a file means beyond its columns: asked where it could be two things."""

    heading = forms.IntegerField(
        label=_("Row of the headings"), min_value=1, max_value=15, required=False
    )

    def __init__(self, options: dict[str, Any], *, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(options | {"heading": options.get("heading_row")}, by=by, **kwargs)
        asked = options.get("asked", ())
        for name, (question, choices) in ANSWERS.items():
            if f"ask-{name}" in asked or options.get(name):
                self.fields[name] = forms.ChoiceField(
                    label=question,
                    required=False,
                    choices=[("", _("not said: such rows are refused")), *choices.items()],
                )
                self.dress(self.fields[name])


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("Choose…")), *((kind.name, kind.label) for kind in KINDS.values())]


class UploadForm(DefaultsForm):
    kind = forms.ChoiceField(label=_("What the file holds"), choices=_kinds)
    file = forms.FileField(label=_("CSV or XLSX file"))
    source = forms.CharField(
        label=_("Source"),
        max_length=64,
        required=False,
        help_text=_(
            "Where such files come from, say “SIS”: how its columns are used is "
            "remembered. Empty: the file's name."
        ),
    )
    too_large = False
    field_order = ("kind", "file", "source", "school", "category", "people", "list_of")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].help_text = _("For people and assets.")
        self.fields["people"].help_text = _(
            "For people. Without a column, new people are students."
        )
        self.fields["category"].help_text = _("For assets whose make and model are new.")

    def full_clean(self) -> None:
        if self.too_large:  # its rest was let pass by: to the form none came
            self.fields["file"].error_messages["required"] = _(
                "The file is larger than 100 MB; split it."
            )
        super().full_clean()
