"""What is typed about categories, products and tag ranges."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.models import Category
from core.web.forms import HouseForm


class CategoryForm(HouseForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    asset_class = forms.CharField(label=_("Class"), max_length=32, required=False)
    useful_life_months = forms.IntegerField(
        label=_("Useful life in months"), min_value=1, max_value=1200, initial=60
    )


class ProductForm(HouseForm):
    make = forms.CharField(label=_("Make"), max_length=150, required=False)
    model = forms.CharField(label=_("Model"), max_length=150)
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.all())


class TagRangeForm(HouseForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    # A field of this name, not the prefix of a form.
    prefix = forms.CharField(label=_("Prefix"), max_length=16, required=False)  # type: ignore[assignment]
    digits = forms.IntegerField(label=_("Digits"), min_value=3, max_value=12, initial=6)
    first = forms.IntegerField(label=_("First number"), min_value=0)
    last = forms.IntegerField(label=_("Last number"), min_value=0)
