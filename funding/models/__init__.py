from funding.models.award import Award, AwardMembership, Program
from funding.models.parameter import CapitalizationLevel, Parameter, Place
from funding.models.purchase import Purchase, PurchaseLine, Unit, Vendor
from funding.models.reclassification import Reclassification
from funding.models.share import UnitShare

__all__ = [
    "Award",
    "AwardMembership",
    "CapitalizationLevel",
    "Parameter",
    "Place",
    "Program",
    "Purchase",
    "PurchaseLine",
    "Reclassification",
    "Unit",
    "UnitShare",
    "Vendor",
]
