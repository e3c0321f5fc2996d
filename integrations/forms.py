"""What is typed about an import: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.models import Category
from core.access import MaybeActor
from core.forms import HouseForm
from integrations.models import ImportSession
from people.models import School


class DefaultsForm(HouseForm):
    """What rows mean that name no school or category."""

    school = forms.ChoiceField(label=_("School of rows that name none"), required=False)
    category = forms.CharField(label=_("Category of rows that name none"), max_length=100, required=False)  # fmt: skip

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.visible_to(by).filter(active=True).order_by("name")
        choices = [("", _("none: such rows are refused")), *((s.code, str(s)) for s in schools)]
        self.fields["school"].choices = choices  # type: ignore[attr-defined]
        self.fields["category"].widget.attrs["list"] = "categories"
        self.categories = Category.objects.order_by("name")


class UploadForm(DefaultsForm):
    kind = forms.ChoiceField(label=_("What the file holds"), choices=ImportSession.Kind.choices)
    file = forms.FileField(label=_("CSV or XLSX file"))
    source = forms.CharField(
        label=_("Source"), max_length=64, required=False,
        help_text=_("Where such files come from, say “SIS”: how its columns are used is remembered. Empty: the file's name."),
    )  # fmt: skip
    too_large = False
    field_order = ("kind", "file", "source", "school", "category")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].help_text = _("For people and assets.")
        self.fields["category"].help_text = _("For assets whose make and model are new.")

    def full_clean(self) -> None:
        if self.too_large:  # its rest was let pass by: to the form none came
            self.fields["file"].error_messages["required"] = _("The file is larger than 100 MB; split it.")  # fmt: skip
        super().full_clean()
