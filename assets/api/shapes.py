"""The shapes of assets in the API."""

from typing import Any, ClassVar

from rest_framework import serializers

from assets.models import Asset, Category, Condition, Product, Status
from core.api.fields import (
    DayField,
    FlagField,
    IdField,
    LineField,
    WholeField,
)
from core.api.shapes import Noun, Shape
from people.api.keys import OfPeople


class CategorySerializer(Noun[Category]):
    id = serializers.IntegerField(read_only=True)
    name = LineField(max_length=100)
    asset_class = LineField(max_length=32, required=False, allow_blank=True)
    useful_life_months = WholeField(min_value=1, max_value=1200, required=False)
    active = serializers.BooleanField(read_only=True)


class ProductSerializer(Noun[Product]):
    id = serializers.IntegerField(read_only=True)
    category = IdField(source="category_id")
    make = LineField(max_length=150, allow_blank=True)
    model = LineField(max_length=150)
    merged_into = serializers.IntegerField(source="merged_into_id", read_only=True, allow_null=True)
    version = serializers.IntegerField(read_only=True)


class AssetSerializer(OfPeople[Asset]):
    """An asset as it is now. A holder, and a home room elsewhere, show as an id for those who may
    open their record."""

    keys_of_people: ClassVar = {"holder": "holder_id"}
    keys_of_rooms: ClassVar = {"home_room": "home_room_id"}

    id = serializers.IntegerField(read_only=True)
    tag = serializers.CharField(read_only=True)
    serial = serializers.CharField(read_only=True)
    product = serializers.IntegerField(source="product_id", read_only=True)
    make = serializers.CharField(source="product.make", read_only=True)
    model = serializers.CharField(source="product.model", read_only=True)
    category = serializers.IntegerField(source="product.category_id", read_only=True)
    description = serializers.CharField(read_only=True)
    school = serializers.IntegerField(source="school_id", read_only=True)
    status = serializers.ChoiceField(choices=Status.choices, read_only=True)
    place = serializers.CharField(read_only=True)
    room = serializers.IntegerField(source="room_id", read_only=True, allow_null=True)
    holder = serializers.IntegerField(source="holder_id", read_only=True, allow_null=True)
    home_room = serializers.IntegerField(source="home_room_id", read_only=True, allow_null=True)
    condition = serializers.CharField(read_only=True)
    condition_on = serializers.DateField(read_only=True, allow_null=True)
    acquired_on = serializers.DateField(read_only=True, allow_null=True)
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)
    title_holder = serializers.CharField(read_only=True)
    use = serializers.CharField(read_only=True)
    unit = serializers.IntegerField(source="unit_id", read_only=True, allow_null=True)
    merged_into = serializers.IntegerField(source="merged_into_id", read_only=True, allow_null=True)
    version = serializers.IntegerField(read_only=True)


class AssetMade(AssetSerializer):
    """An asset as it was entered, and what somebody should know about its codes."""

    notices = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="sentences: its tag is also somebody's id, so that a scan of it asks",
    )


class AssetInput(Shape[Any]):
    tag = LineField(max_length=64, required=False, help_text="empty: the next free tag")
    serial = LineField(max_length=128, required=False, allow_blank=True)
    product = IdField()
    school = IdField()
    room = IdField(required=False, allow_null=True)
    description = LineField(max_length=300, required=False, allow_blank=True)
    condition = serializers.ChoiceField(choices=Condition.values, required=False)
    acquired_on = DayField(
        required=False,
        allow_null=True,
        help_text=(
            "it exists from this day on, with its school, unit and money; else from its receipt"
        ),
    )
    received_on = DayField(required=False, allow_null=True, help_text="where no unit tells it")
    title_holder = LineField(max_length=64, required=False, allow_blank=True)
    use = LineField(max_length=200, required=False, allow_blank=True)
    unit = IdField(required=False, allow_null=True)
    another = FlagField(
        required=False,
        help_text="it is not the item whose tag or serial number looks so: other zeros or signs",
    )
    seen = FlagField(
        required=False, help_text="it was scanned: seen now, by you, in the room that is named"
    )


class AssetChange(Shape[Any]):
    home_room = IdField(required=False, allow_null=True)
    unit = IdField(
        required=False,
        allow_null=True,
        help_text=(
            "what was bought; to take off or exchange one that awards pay for, or paid, needs "
            "funding.change_share and a reason"
        ),
    )
    reason = LineField(max_length=300, required=False, help_text="stands in the history")
    description = LineField(max_length=300, required=False, allow_blank=True)
    condition = serializers.ChoiceField(choices=Condition.values, required=False)
    acquired_on = DayField(required=False, allow_null=True)
    title_holder = LineField(max_length=64, required=False, allow_blank=True)
    use = LineField(max_length=200, required=False, allow_blank=True)


class BulkInput(Shape[Any]):
    assets = serializers.ListField(child=AssetInput(), min_length=1, max_length=1000)


class RowError(Shape[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    pointer = serializers.CharField()


class RowResult(Shape[Any]):
    """What became of a row: 201 or 200, or 403, 404 and 409 with the reasons."""

    row = serializers.IntegerField()
    status = serializers.IntegerField()
    id = serializers.IntegerField(allow_null=True)
    tag = serializers.CharField(allow_null=True)
    errors = RowError(many=True)  # type: ignore[assignment]  # a field of this name, not its errors
    notices = serializers.ListField(child=serializers.CharField())


class RowResults(Shape[Any]):
    results = RowResult(many=True)
