"""The shapes of programs, awards, vendors, purchases, units and shares in the API."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from rest_framework import serializers

from core.access import scope_of
from core.api.fields import (
    DayField,
    FinePercentField,
    FlagField,
    IdField,
    InstantField,
    LineField,
    MoneyField,
    PercentField,
    SignedMoneyField,
    WholeField,
)
from core.api.shapes import Noun, Shape
from funding import money, whole
from funding.models import (
    Award,
    CapitalizationLevel,
    Parameter,
    Program,
    Purchase,
    PurchaseLine,
    Unit,
    UnitShare,
    Vendor,
)
from funding.models.award import UGVersion
from funding.panels import sees_amounts
from funding.rules.text import Texts


class ProgramSerializer(Noun[Program]):
    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    family = serializers.CharField(read_only=True)
    aln = serializers.CharField(read_only=True)


class AwardSerializer(Noun[Award]):
    id = serializers.IntegerField(read_only=True)
    program = IdField(source="program_id")
    name = LineField(max_length=200)
    fain = LineField(max_length=32, required=False, allow_blank=True)
    frn = LineField(max_length=32, required=False, allow_blank=True)
    aln = LineField(max_length=10, required=False, allow_blank=True)
    pass_through = LineField(max_length=200, required=False, allow_blank=True)
    subaward_number = LineField(max_length=64, required=False, allow_blank=True)
    award_year = LineField(max_length=16, required=False, allow_blank=True)
    amount = MoneyField(allow_null=True, required=False)
    federal_percent = FinePercentField(allow_null=True, required=False)
    issued_on = DayField(required=False, allow_null=True)
    period_start = DayField(required=False, allow_null=True)
    period_end = DayField(required=False, allow_null=True)
    allowable_from = DayField(required=False, allow_null=True)
    obligate_by = DayField(required=False, allow_null=True)
    liquidate_by = DayField(required=False, allow_null=True)
    final_report_on = DayField(required=False, allow_null=True)
    federal_award_on = DayField(
        required=False, allow_null=True, help_text="the FAIN's initial date; no supplement turns it"
    )
    supplement_on = DayField(
        required=False, allow_null=True, help_text="where only a supplement's date is known"
    )
    ug_version = serializers.ChoiceField(
        choices=UGVersion.choices,
        required=False,
        allow_blank=True,
        help_text="the text of 2 CFR 200 where somebody stated it; empty: derived, see ug_text",
    )
    ug_text = serializers.SerializerMethodField(
        help_text="the text it is under: pre2024, 2024, none or cannot-tell"
    )
    equipment_threshold = MoneyField(allow_null=True, required=False)
    title_holder = LineField(max_length=64, required=False, allow_blank=True)
    active = FlagField(required=False)
    version = serializers.IntegerField(read_only=True)

    def get_ug_text(self, award: Award) -> str:
        context: dict[str, Any] = self.context  # type: ignore[assignment]  # its stubs forbid to add
        texts: Texts = context.setdefault("texts", Texts())
        return texts.of(award).version

    def to_representation(self, instance: Award) -> dict[str, Any]:
        data = super().to_representation(instance)
        if not sees_amounts(self.context["request"].user, [instance]):
            data |= {k: None for k in ("amount", "equipment_threshold") if k in data}
        return data


class VendorSerializer(Noun[Vendor]):
    id = serializers.IntegerField(read_only=True)
    name = LineField(max_length=200)
    number = LineField(max_length=32, required=False, allow_blank=True)
    spin = LineField(max_length=16, required=False, allow_blank=True)
    active = serializers.BooleanField(read_only=True)
    version = serializers.IntegerField(read_only=True)


class LineSerializer(Noun[PurchaseLine]):
    id = serializers.IntegerField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    kind = serializers.CharField(read_only=True)
    description = LineField(max_length=300)
    quantity = WholeField(
        min_value=0,
        max_value=100_000,
        help_text="0 of a discount or credit, and of freight or tax of the whole order, which the "
        "other lines bear: nothing comes of them",
    )
    amount = SignedMoneyField(
        allow_null=True,
        required=False,
        help_text="below zero: a discount or credit that the other lines of the purchase bear",
    )
    invoice_number = LineField(max_length=64, required=False, allow_blank=True)
    invoice_on = DayField(required=False, allow_null=True)
    paid_on = DayField(required=False, allow_null=True)
    account = LineField(max_length=64, required=False, allow_blank=True)


def _written(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, ".2f")


class PurchaseSerializer(Noun[Purchase]):
    id = serializers.IntegerField(read_only=True)
    number = LineField(max_length=64)
    vendor = IdField(source="vendor_id", required=False, allow_null=True)
    ordered_on = DayField(required=False, allow_null=True)
    note = LineField(max_length=300, required=False, allow_blank=True)
    # Of the list that `many` makes.
    lines = LineSerializer(many=True, allow_empty=False, max_length=1000)  # type: ignore[call-arg]
    version = serializers.IntegerField(read_only=True)

    def to_representation(self, instance: Purchase) -> dict[str, Any]:
        data = super().to_representation(instance)
        if instance.pk not in self._whole:
            data.pop("note", None)
        if "lines" in data:
            seen, amounts = self._lines
            data["lines"] = [
                line | {"amount": _written(amounts.get(line["id"]))}
                for line in data["lines"]
                if line["id"] in seen
            ]
        return data

    @property
    def _shown(self) -> list[Purchase]:
        return list(getattr(self.parent, "instance", None) or [self.instance])

    @cached_property
    def _whole(self) -> set[int]:
        """Of which purchases of this answer the reader sees everything: a note is of all of it."""
        return whole.of_purchases([p.pk for p in self._shown], self.context["request"].user)

    @cached_property
    def _lines(self) -> tuple[set[int], dict[int, Decimal | None]]:
        """The lines of this answer that the reader sees, and the amounts of them."""
        by, shown = self.context["request"].user, self._shown
        lines = [line for purchase in shown for line in purchase.lines.all()]
        seen = {line.pk for line in lines}
        if not scope_of(by, "funding.view_purchase", token=False).everything:
            seen &= set(money.lines_seen([p.pk for p in shown], by).values_list("pk", flat=True))
        return seen, money.amounts_of_lines([line for line in lines if line.pk in seen], by)


class PurchaseChange(Shape[Any]):
    """What a purchase says itself; its lines have verbs of their own."""

    number = LineField(max_length=64, required=False)
    vendor = IdField(source="vendor_id", required=False, allow_null=True)
    ordered_on = DayField(required=False, allow_null=True)
    reason = LineField(
        max_length=300,
        required=False,
        allow_blank=True,
        help_text="why it changes: needed once something of it was received",
    )


class UnitSerializer(Noun[Unit]):
    id = serializers.IntegerField(read_only=True)
    line = serializers.IntegerField(source="line_id", read_only=True)
    number = serializers.IntegerField(read_only=True)
    cost = serializers.DecimalField(
        max_digits=14, decimal_places=2, allow_null=True, read_only=True
    )
    received_on = serializers.DateField(read_only=True)
    voided_at = serializers.DateTimeField(read_only=True, allow_null=True)


class ShareSerializer(Noun[UnitShare]):
    id = serializers.IntegerField(read_only=True)
    unit = serializers.IntegerField(source="unit_id", read_only=True)
    award = serializers.IntegerField(source="award_id", read_only=True)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    valid_from = serializers.DateTimeField(read_only=True)


class ParameterSerializer(Noun[Parameter]):
    """A threshold or deadline with the days between which it holds."""

    id = serializers.IntegerField(read_only=True)
    key = serializers.CharField(read_only=True)
    scope = serializers.CharField(read_only=True)
    value = serializers.CharField(read_only=True)
    state = serializers.CharField(read_only=True, allow_null=True)
    program = serializers.IntegerField(source="program_id", read_only=True, allow_null=True)
    award = serializers.IntegerField(source="award_id", read_only=True, allow_null=True)
    starts_on = serializers.DateField(read_only=True, allow_null=True)
    ends_on = serializers.DateField(read_only=True, allow_null=True)
    confidence = serializers.CharField(read_only=True)
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field


class LevelSerializer(Noun[CapitalizationLevel]):
    """From which unit cost things of a class (blank: every class) are capitalized."""

    id = serializers.IntegerField(read_only=True)
    asset_class = serializers.CharField(read_only=True)
    level = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    starts_on = serializers.DateField(read_only=True)


class ReceiveInput(Shape[Any]):
    line = WholeField(min_value=1, max_value=1_000_000, help_text="the line's number")
    quantity = WholeField(min_value=1, max_value=10_000)
    received_on = DayField()


class ReceiveResult(Shape[Any]):
    units = UnitSerializer(many=True)


class ShareInput(Shape[Any]):
    """An award's part of the money: an amount, or a per cent of the cost."""

    award = IdField()
    amount = MoneyField(required=False)
    percent = PercentField(required=False)


class ShareLineInput(Shape[Any]):
    line = WholeField(min_value=1, max_value=1_000_000, help_text="the line's number")
    shares = serializers.ListField(child=ShareInput(), min_length=1, max_length=20)
    at = InstantField(required=False)
    reason = LineField(
        max_length=300,
        required=False,
        help_text="needed where awards pay for it already, or paid on a day since `at`",
    )
    rest = FlagField(required=False, help_text="only the units that no award pays yet")


class ReclassifyInput(Shape[Any]):
    shares = serializers.ListField(child=ShareInput(), max_length=20)
    reason = LineField(max_length=300)
    at = InstantField(required=False)


class ShareResult(Shape[Any]):
    shares = ShareSerializer(many=True)


class CostInput(Shape[Any]):
    cost = MoneyField()
    reason = LineField(max_length=300)
