"""Which keys of entries about money are shown, and to whom (see core.journal.showing).

Amounts show to who sees costs where the entry is; what several awards pay for one thing, only to
who sees them all.
"""

from core.journal.showing import register

COST = "funding.view_cost"


def register_keys() -> None:
    """Called once, when the app is ready."""
    register(
        "funding.program",
        "code name family aln federal_agency cluster allowable_from obligate_by version",
    )
    register(
        "funding.award",
        "program name fain frn aln pass_through subaward_number award_year federal_percent "
        "issued_on federal_award_on "
        "supplement_on "
        "period_start period_end allowable_from obligate_by liquidate_by final_report_on "
        "ug_version "
        "title_holder active version user role",
    )
    register("funding.award", "amount equipment_threshold", COST)
    register(
        "funding.awardmembership",
        "user award role starts_on ends_on pseudonyms",
        "people.view_user",
    )
    register(
        "funding.parameter",
        "key scope value state program award starts_on ends_on confidence source",
    )
    register("funding.capitalizationlevel", "asset_class class starts_on")
    register("funding.capitalizationlevel", "level", COST)
    # It names every award that pays, and how much before and after.
    register(
        "funding.reclassification",
        "line at plan salt asked_at done_at",
        "funding.view_cost",
        whole=True,
    )
    register("funding.vendor", "name number spin active version purchases")
    register(
        "funding.purchase", "number vendor ordered_on note version lines line invoice quantity"
    )
    # A line's columns stand in entries of its purchase.
    for label in ("funding.purchase", "funding.purchaseline"):
        register(
            label,
            (
                "purchase number description quantity invoice_number invoice_on paid_on "
                "account version"
            ),
        )
        register(label, "amount", COST, whole=True)
    register("funding.unit", "line number received_on listed_on voided_at version")
    register("funding.unit", "cost", COST)
    register("funding.unit", "shares", COST, whole=True)
    register(
        "funding.unitshare",
        "valid_from valid_to known_from closed_known known_to unit award amount number",
        COST,
        whole=True,
    )
