"""A laptop and a projector that rows speak of: what they are, and what stands there of both."""

import pytest

from assets.actions import assign_asset
from assets.models import Asset
from people.models import Person, School, User
from tests.factories import make_asset, make_product

HEADER = "Asset Tag,Serial,Make,Model,School"


def shape(asset: Asset) -> tuple[str, str, str, str]:
    asset = Asset.objects.select_related("product").get(pk=asset.pk)
    return asset.tag, asset.serial, asset.product.make, asset.product.model


@pytest.fixture
def laptop(lincoln: School, maria: Person, ana: User) -> Asset:
    found = make_asset(
        school=lincoln, tag="L-1", serial="LAP1", product=make_product(make="Acer", model="C311")
    )
    assign_asset(found, to=maria, by=ana)
    return found


@pytest.fixture
def projector(lincoln: School) -> Asset:
    return make_asset(
        school=lincoln, tag="P-1", serial="PRO1", product=make_product(make="Epson", model="EB1")
    )
