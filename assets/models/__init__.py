from assets.models.asset import Asset
from assets.models.catalog import Category, Product
from assets.models.codes import AssetCode, TagRange
from assets.models.custody import Assignment, Disposal, Verification
from assets.models.span import AssetSpan
from assets.models.status import Condition, DisposalMethod, Place, Status

__all__ = [
    "Asset",
    "AssetCode",
    "AssetSpan",
    "Assignment",
    "Category",
    "Condition",
    "Disposal",
    "DisposalMethod",
    "Place",
    "Product",
    "Status",
    "TagRange",
    "Verification",
]
