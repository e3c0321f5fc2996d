"""What is typed about assets: shape only; the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.lines import products_of
from assets.models import Category, Condition, DisposalMethod, Product, Status
from assets.models.status import CLOSED
from assets.rules.life import LIFE, Edge
from core.access import MaybeActor
from core.problems import ProblemError
from core.web.forms import CodeField, DateField, HouseForm, ReasonField
from funding.models import PurchaseLine, Unit
from people.models import Room, School


class ScopedForm(HouseForm):
    """A form whose schools and rooms are those of the actor."""

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        doors: dict[str, Any] = {
            "school": School.objects.visible_to(by),
            "room": Room.objects.visible_to(by).filter(active=True).select_related("school"),
            "home_room": Room.objects.visible_to(by).filter(active=True).select_related("school"),
            "product": Product.objects.filter(merged_into=None),
            "category": Category.objects.filter(active=True),
        }
        for name, rows in doors.items():
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if "school" in self.fields and "school" not in self.initial:
            schools = list(doors["school"][:2])
            if len(schools) == 1:
                self.initial["school"] = schools[0]


class AnotherMixin(HouseForm):
    """Asks, once a tag that differs from a tag by zeros alone was refused, whether it is meant."""

    another = forms.BooleanField(
        label=_("It is another thing than the one with the similar tag"),
        required=False,
        widget=forms.HiddenInput,
    )

    def take(self, error: ProblemError) -> None:
        super().take(error)
        if any(p.code == "tag-alike" for p in error.problems):
            self.fields["another"].widget = forms.CheckboxInput({"class": "form-check-input"})


class RoomChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Room"))
        super().__init__(queryset=Room.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.school.name} · {obj}"


class LineSelect(forms.Select):
    """Lines that say what their things are, for the fields beside them (static/js/lines.js)."""

    products: dict[int, Product]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if product := self.products.get(getattr(value, "value", 0)):
            option["attrs"] |= {
                "data-category": product.category_id,
                "data-make": product.make,
                "data-model": product.model,
            }
        return option


class LineChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Purchase lines with things that were received and have no tag yet."""

    widget = LineSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=PurchaseLine.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.purchase.number} · {obj.description}"


class RegisterForm(AnotherMixin, ScopedForm):
    tag = CodeField(label=_("Tag"), max_length=64)
    serial = CodeField(label=_("Serial number"), max_length=128, required=False)
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=_("Choose…"),
        help_text=_("Empty: that of what it was bought with."),
    )
    make = forms.CharField(label=_("Make"), max_length=150, required=False)
    model = forms.CharField(label=_("Model"), max_length=150, required=False)
    description = forms.CharField(label=_("Description"), max_length=300, required=False)
    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none())
    room = RoomChoice(required=False)
    condition = forms.ChoiceField(label=_("Condition"), choices=Condition.choices, required=False)
    acquired_on = DateField(label=_("Acquired"), required=False)
    received_on = DateField(label=_("Received (where no purchase says it)"), required=False)
    line = LineChoice(label=_("Bought with (received, not tagged)"), required=False)
    title_holder = forms.CharField(label=_("Title holder"), max_length=64, required=False)
    legacy = forms.BooleanField(label=_("It was here before this register"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices, initial=Status.IN_STOCK)
    status_on = DateField(label=_("Lost, stolen, surplus or disposed since"), required=False)
    scanned = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = [
        "tag",
        "another",
        "serial",
        "category",
        "make",
        "model",
        "line",
        "school",
        "room",
    ]

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        free = Unit.objects.visible_to(by).filter(voided_at=None, asset=None)
        rows = PurchaseLine.objects.filter(pk__in=free.values("line")).select_related("purchase")
        self.fields["line"].queryset = rows  # type: ignore[attr-defined]
        self.products = products_of(list(rows), by)
        self.fields["line"].widget.products = self.products
        self._offer(self.products.get(_number(self.initial.get("line"))))
        first = "serial" if self.initial.get("scanned") else "tag"
        self.fields[first].widget.attrs["autofocus"] = True

    def _offer(self, product: Product | None) -> None:
        if product is not None:
            self.initial.setdefault("category", product.category_id)
            self.initial.setdefault("make", product.make)
            self.initial.setdefault("model", product.model)

    def clean(self) -> dict[str, Any]:
        """What the chosen line's things are stands in for what was left empty; what was typed
        otherwise stays, and then nothing is taken."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        line = data.get("line")
        product = self.products.get(line.pk) if line else None
        if product is not None and "category" in data:
            known = {"category": product.category, "make": product.make, "model": product.model}
            typed = {name: data.get(name) for name in known}
            if all(not v or str(v).lower() == str(known[k]).lower() for k, v in typed.items()):
                data |= known
        if "category" in data and data["category"] is None:
            self.add_error("category", _("Choose a category, or what it was bought with."))
        return data


def _number(value: Any) -> int:
    return int(value) if str(value).isdecimal() and len(str(value)) < 19 else 0


class EditForm(ScopedForm):
    description = forms.CharField(label=_("Description"), max_length=300, required=False)
    use = forms.CharField(label=_("Use (program)"), max_length=200, required=False)
    title_holder = forms.CharField(label=_("Title holder"), max_length=64, required=False)
    home_room = RoomChoice(label=_("Home room"), required=False)
    condition = forms.ChoiceField(label=_("Condition"), choices=Condition.choices, required=False)
    acquired_on = DateField(label=_("Acquired"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class AssignForm(HouseForm):
    person = CodeField(label=_("Student number, staff id or card, or full name"), max_length=64)
    on = DateField(label=_("On (empty: now)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].widget.attrs["autofocus"] = True


class MoveForm(ScopedForm):
    room = RoomChoice()
    on = DateField(label=_("On (empty: now)"), required=False)


class ReturnForm(ScopedForm):
    room = RoomChoice(required=False, empty_label=_("Its home room"))
    condition = forms.ChoiceField(
        label=_("Condition"), required=False, choices=[("keep", _("As before")), *Condition.choices]
    )


class StatusForm(HouseForm):
    status = forms.ChoiceField(label=_("It becomes"), choices=())
    reason = ReasonField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offers what the life table lets the present status become; the action refuses the
        rest."""
        super().__init__(*args, **kwargs)
        now = Status(self.initial["status"])
        ways = [
            (s, s.label) for s, edge in LIFE[now].items() if edge is Edge.FREE and s not in CLOSED
        ]
        self.fields["status"].choices = [("", _("Choose…")), *ways]  # type: ignore[attr-defined]


class DisposeForm(HouseForm):
    method = forms.ChoiceField(label=_("Method"), choices=DisposalMethod.choices)
    disposed_on = DateField(label=_("Disposed on"))
    sale_price = forms.DecimalField(
        label=_("Sale price (0 is a price, empty is unknown)"),
        max_digits=12,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    fair_market_value = forms.DecimalField(
        label=_("Fair market value"), max_digits=12, decimal_places=2, min_value=0, required=False
    )
    recipient = forms.CharField(label=_("Buyer or recipient"), max_length=200, required=False)
    reason = ReasonField(label=_("Reason"), required=False)


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
    prefix = forms.CharField(label=_("Prefix"), max_length=16, required=False)  # type: ignore[assignment]
    digits = forms.IntegerField(label=_("Digits"), min_value=3, max_value=12, initial=6)
    first = forms.IntegerField(label=_("First number"), min_value=0)
    last = forms.IntegerField(label=_("Last number"), min_value=0)
