"""The shapes of assets in the API."""

from typing import Any

from rest_framework import serializers

from assets.models import Asset, Category, Condition, Product, Status
from core.access import may, scope_of
from core.api.fields import IdField


class CategorySerializer(serializers.Serializer[Category]):
    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    asset_class = serializers.CharField(read_only=True)
    useful_life_months = serializers.IntegerField(read_only=True)


class ProductSerializer(serializers.Serializer[Product]):
    id = serializers.IntegerField(read_only=True)
    category = IdField(source="category_id")
    make = serializers.CharField(max_length=150, allow_blank=True)
    model = serializers.CharField(max_length=150)
    version = serializers.IntegerField(read_only=True)


class AssetSerializer(serializers.Serializer[Asset]):
    """An asset as it is now. A holder shows as an id for those who may see people."""

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
    condition = serializers.CharField(read_only=True)
    acquired_on = serializers.DateField(read_only=True, allow_null=True)
    last_verified_on = serializers.DateField(read_only=True, allow_null=True)
    title_holder = serializers.CharField(read_only=True)
    use = serializers.CharField(read_only=True)
    unit = serializers.IntegerField(source="unit_id", read_only=True, allow_null=True)
    merged_into = serializers.IntegerField(source="merged_into_id", read_only=True, allow_null=True)
    version = serializers.IntegerField(read_only=True)

    def to_representation(self, instance: Asset) -> dict[str, Any]:
        data = super().to_representation(instance)
        by = self.context["request"].user
        if "holder" in data and (scope_of(by).pseudonyms or not may(by, "people.view_person")):
            data["holder"] = None
        return data


class AssetInput(serializers.Serializer[Any]):
    tag = serializers.CharField(max_length=64, required=False, help_text="empty: the next free tag")
    serial = serializers.CharField(max_length=128, required=False, allow_blank=True)
    product = IdField()
    school = IdField()
    room = IdField(required=False, allow_null=True)
    description = serializers.CharField(max_length=300, required=False, allow_blank=True)
    condition = serializers.ChoiceField(choices=Condition.values, required=False)
    acquired_on = serializers.DateField(required=False, allow_null=True)
    title_holder = serializers.CharField(max_length=64, required=False, allow_blank=True)
    use = serializers.CharField(max_length=200, required=False, allow_blank=True)
    unit = IdField(required=False, allow_null=True)


class AssetChange(serializers.Serializer[Any]):
    description = serializers.CharField(max_length=300, required=False, allow_blank=True)
    condition = serializers.ChoiceField(choices=Condition.values, required=False)
    acquired_on = serializers.DateField(required=False, allow_null=True)
    title_holder = serializers.CharField(max_length=64, required=False, allow_blank=True)
    use = serializers.CharField(max_length=200, required=False, allow_blank=True)


class BulkInput(serializers.Serializer[Any]):
    assets = serializers.ListField(child=AssetInput(), min_length=1, max_length=1000)


class BulkRow(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    status = serializers.IntegerField()
    id = serializers.IntegerField(allow_null=True)
    tag = serializers.CharField(allow_null=True)
    errors = serializers.ListField(child=serializers.DictField())  # type: ignore[assignment]


class BulkResult(serializers.Serializer[Any]):
    results = BulkRow(many=True)


class AssignInput(serializers.Serializer[Any]):
    person = IdField()
    at = serializers.DateTimeField(required=False)
    due_on = serializers.DateField(required=False, allow_null=True)


class ReturnInput(serializers.Serializer[Any]):
    room = IdField(required=False, allow_null=True)
    condition = serializers.ChoiceField(choices=Condition.values, required=False)
    at = serializers.DateTimeField(required=False)


class MoveInput(serializers.Serializer[Any]):
    room = IdField()
    at = serializers.DateTimeField(required=False)


class VerifyInput(serializers.Serializer[Any]):
    room = IdField(required=False, allow_null=True)
    condition = serializers.ChoiceField(choices=Condition.values, required=False)
    at = serializers.DateTimeField(required=False)
