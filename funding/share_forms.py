"""Which awards pay: any number of awards, a row each with its amount or per cent."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor
from core.problems import ProblemError, Stale
from core.text.written import money as dollars
from core.web.forms import AmountField, DateField, HouseForm, ReasonField
from funding.actions import ShareDraft, paying_of
from funding.forms import MoneyField
from funding.models import Award, PurchaseLine, Unit, UnitShare
from funding.models.purchase import BORNE
from funding.money import money_of_lines, shares_of
from funding.rules.split import percent_to_amounts

#: More awards than this pay for nothing.
MOST = 50


class PercentField(AmountField):
    """A part in per cent, four decimals: thirds come close enough to be exact in cents."""

    def __init__(self) -> None:
        super().__init__(
            label=_("or percent"),
            max_digits=7,
            decimal_places=4,
            min_value=0,
            max_value=100,
            required=False,
        )


class Row(NamedTuple):
    """The fields of one award."""

    number: int
    award: forms.BoundField
    amount: forms.BoundField
    percent: forms.BoundField


class Costly(forms.Select):
    """Choices that say what each costs, for the running rest (static/js/shares.js)."""

    costs: dict[str, dict[str, str]]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        for key, cost in self.costs.get(str(value), {}).items():
            option["attrs"][f"data-{key}"] = cost
        return option


class AwardsForm(HouseForm):
    """Awards with their amounts or per cents. `more` in what was sent asks for one more row."""

    on = DateField(
        label=_("Effective date"),
        required=False,
        help_text=_(
            "Empty: from its receipt on, or since the last award that paid for it ended; where "
            "awards pay now, from now on."
        ),
    )
    reason = ReasonField(label=_("Reason, where it replaces other shares"), required=False)

    def __init__(
        self, data: Any = None, *, by: MaybeActor, standing: Sequence[UnitShare] = (), **kwargs: Any
    ) -> None:
        initial = dict(kwargs.pop("initial", None) or {})
        for n, share in enumerate(standing, start=1):
            initial |= {f"award_{n}": share.award_id, f"amount_{n}": share.amount}
        super().__init__(data, initial=initial, **kwargs)
        asked = [int(m[1]) for name in data or () if (m := re.fullmatch(r"award_(\d{1,3})", name))]
        self.count = min(
            MOST, max([1, len(standing), *asked]) + (1 if data and "more" in data else 0)
        )
        awards = Award.objects.visible_to(by)
        for n in range(1, self.count + 1):
            award = forms.ModelChoiceField(
                label=_("Award"), queryset=awards, required=False, empty_label="–"
            )
            for name, field in (
                ("award", award),
                ("amount", MoneyField(label=_("Amount"), required=False)),
                ("percent", PercentField()),
            ):
                field.widget.attrs |= {
                    "class": "form-select" if name == "award" else "form-control",
                    "data-share": name,
                }
                self.fields[f"{name}_{n}"] = field

    def rows(self) -> list[Row]:
        """The rows, in the order in which they were typed."""
        return [
            Row(n, self[f"award_{n}"], self[f"amount_{n}"], self[f"percent_{n}"])
            for n in range(1, self.count + 1)
        ]

    def others(self) -> list[forms.BoundField]:
        """What is asked beside the awards."""
        inside = {f.name for row in self.rows() for f in row[1:]}
        return [f for f in self.visible_fields() if f.name not in inside]

    def drafts(self) -> list[ShareDraft]:
        """The awards with their parts; a row without an award is none."""
        v = self.cleaned_data
        return [
            ShareDraft(v[f"award_{n}"], v.get(f"amount_{n}"), v.get(f"percent_{n}"))
            for n in range(1, self.count + 1)
            if v.get(f"award_{n}")
        ]

    def clean(self) -> dict[str, Any]:
        v = super().clean() or {}
        for n in range(1, self.count + 1):
            typed = v.get(f"amount_{n}") is not None or v.get(f"percent_{n}") is not None
            if typed and not v.get(f"award_{n}") and f"award_{n}" not in self.errors:
                self.add_error(f"award_{n}", _("Choose the award that pays this."))
        none = not any(v.get(f"award_{n}") for n in range(1, self.count + 1))
        if none and not self.errors and not self.clearable():
            self.add_error("award_1", _("Choose an award."))
        return v

    def clearable(self) -> bool:
        """Whether awards pay already, or paid: only then may none be named, and nobody pays."""
        return False

    def cost(self) -> Decimal | None:
        """What is to be shared; None while that is not known."""
        return None

    def rest(self) -> tuple[Decimal, Decimal] | None:
        """What no award pays of what is to be shared, in dollars and per cent, as typed so far."""
        cost = self.cost()
        if not self.is_bound or cost is None:
            return None
        fixed, percents = Decimal(0), []
        for n in range(1, self.count + 1):
            amount, percent = self._number(f"amount_{n}"), self._number(f"percent_{n}")
            if amount is not None:
                fixed += amount
            elif percent is not None:
                percents.append(percent)
        left = cost - fixed - sum(percent_to_amounts(cost, percents), Decimal(0))
        return left, (left * 100 / cost).quantize(Decimal("0.01")) if cost else Decimal(0)

    def _number(self, name: str) -> Decimal | None:
        try:
            # A number field cleans to a number.
            return self.fields[name].clean(self.data.get(name, ""))  # type: ignore[no-any-return]
        except forms.ValidationError:
            return None


class UnitShareForm(AwardsForm):
    """Which awards pay for one unit; those that do are there to be changed. It remembers what it
    showed."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, data: Any = None, *, unit: Unit, **kwargs: Any) -> None:
        standing = UnitShare.objects.standing().filter(unit=unit)
        super().__init__(data, standing=list(standing.order_by("pk")), **kwargs)
        self._unit, self._by = unit, kwargs.get("by")
        self.initial["shown"] = paying_of(unit)
        self._cost = unit.cost
        self._paid = UnitShare.objects.known().filter(unit=unit).exists()

    def take(self, error: ProblemError) -> None:
        super().take(error)
        if isinstance(error, Stale):
            parts = shares_of([self._unit], self._by).get(self._unit.pk, [])
            words = [f"{part.award or _('other awards')} {part.amount}" for part in parts]
            message = _("Now pays: %s.") % (", ".join(words) or _("no award"))
            self.add_error(None, message)
            data: Any = self.data
            data = data.copy()
            data["shown"] = paying_of(self._unit)  # who saves it again has seen that
            self.data = data

    def clearable(self) -> bool:
        return self._paid

    def cost(self) -> Decimal | None:
        return self._cost


class ShareForm(AwardsForm):
    """Which awards pay a line of a purchase."""

    line = forms.ModelChoiceField(
        label=_("Line"), queryset=PurchaseLine.objects.none(), widget=Costly
    )
    rest_only = forms.BooleanField(label=_("Only what no award pays yet"), required=False)
    field_order = ["line", "rest_only"]

    def __init__(self, data: Any = None, *, purchase: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        line: Any = self.fields["line"]
        self._costs = line.widget.costs = costs_of(purchase)
        line.queryset = purchase.lines.exclude(kind__in=BORNE)
        now = _paid_by(line.queryset, kwargs.get("by"))
        line.label_from_instance = lambda x: f"{x.number} · {x.description}{now.get(x.pk, '')}"

    def clearable(self) -> bool:
        line = self.cleaned_data.get("line")
        shares = UnitShare.objects.known().filter(unit__line=line)
        return line is not None and shares.exists()

    def cost(self) -> Decimal | None:
        key = "rest" if self.data.get("rest_only") else "cost"
        found = self._costs.get(self.data.get("line", ""), {}).get(key)
        return None if found is None else Decimal(found)


def _paid_by(lines: Iterable[PurchaseLine], by: MaybeActor) -> dict[int, str]:
    """Per line (key) that awards pay for what they pay now, to be read before it is replaced."""
    found = {}
    for pk, money in money_of_lines(lines, by).items():
        if money.parts:
            said = (
                f"{part.award or _('other awards')} {dollars(part.amount)}" for part in money.parts
            )
            found[pk] = str(_(" (now pays: %s)")) % ", ".join(said)
    return found


def costs_of(purchase: Any) -> dict[str, dict[str, str]]:
    """Per line what was received of it costs, and of that what no award pays yet."""
    shared = UnitShare.objects.standing().filter(unit__line__purchase=purchase)
    units = Unit.objects.filter(line__purchase=purchase, voided_at=None).order_by().values("line")
    free = Sum("cost", filter=~Q(pk__in=list(shared.values_list("unit", flat=True))))
    rows = units.annotate(all=Sum("cost"), free=free)
    return {
        str(row["line"]): {"cost": f"{row['all']:.2f}", "rest": f"{row['free'] or 0:.2f}"}
        for row in rows
        if row["all"] is not None
    }
