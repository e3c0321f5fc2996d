"""What is typed to register things."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.forms import AnotherMixin, RoomChoice, ScopedForm
from assets.models import Category, Condition, Product, Status
from assets.models.status import CLOSED
from assets.register.lines import products_of
from core.access import MaybeActor, may
from core.web.asked import number_asked
from core.web.forms import CodeField, DateField, offer
from funding.models import PurchaseLine, Unit
from people.models import School

#: Who says that a thing from before this register left it.
DISPOSE = "assets.dispose_asset"


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


class LineChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when it runs
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
    status = forms.ChoiceField(label=_("Status"), initial=Status.IN_STOCK)
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
        self._by = by
        # To void a thing is an act of its own; that one left is said by who may dispose of it.
        gone = {Status.VOID} if may(by, DISPOSE) else {*CLOSED}
        offer(self, "status", [(s.value, s.label) for s in Status if s not in gone])
        free = Unit.objects.visible_to(by).filter(voided_at=None, asset=None)
        rows = PurchaseLine.objects.filter(pk__in=free.values("line")).select_related("purchase")
        offer(self, "line", rows)
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
        if data.get("status") == Status.DISPOSED and not may(self._by, DISPOSE, data.get("school")):
            message = _("Your role does not dispose of items at this school. Ask who may.")
            self.add_error("status", message)
        return data


def _number(value: Any) -> int:
    return number_asked(value) or 0
