"""What is typed about an import: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from integrations.models import ImportSession


class UploadForm(HouseForm):
    kind = forms.ChoiceField(label=_("What the file holds"), choices=ImportSession.Kind.choices)
    file = forms.FileField(label=_("CSV or XLSX file"))
    source = forms.CharField(label=_("Source (its column mapping is remembered)"), max_length=64, required=False)  # fmt: skip
    school = forms.CharField(label=_("School code for rows that name none"), max_length=32, required=False)  # fmt: skip
    category = forms.CharField(label=_("Category for rows that name none"), max_length=100, required=False)  # fmt: skip
