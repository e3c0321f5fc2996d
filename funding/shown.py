"""Which keys of entries about money are shown, and to whom (see core.journal.showing).

Amounts show to who sees costs where the entry is; what several awards pay for one thing, only to
who sees them all.
"""

from core.furnishing import part
from core.journal.nouns import register_noun
from core.journal.showing import register_keys

COST = "funding.view_cost"

KEYS = (
    part(
        register_noun,
        "funding.view_award",
        "funding.program",
        "funding.award",
        "funding.awardmembership",
        # They stand on one page, of which awards they are and from when.
        "funding.parameter",
        "funding.capitalizationlevel",
    ),
    part(
        register_noun,
        "funding.view_purchase",
        "funding.vendor",
        "funding.purchase",
        "funding.purchaseline",
        "funding.unit",  # the purchase's page has them, without their cost
    ),
    part(register_noun, COST, "funding.unitshare"),
    part(register_noun, "funding.change_share", "funding.reclassification"),
    part(
        register_keys,
        "funding.program",
        "code name family aln federal_agency cluster allowable_from obligate_by version",
    ),
    part(
        register_keys,
        "funding.award",
        "program name fain frn aln pass_through subaward_number award_year federal_percent "
        "issued_on federal_award_on supplement_on period_start period_end allowable_from "
        "obligate_by liquidate_by final_report_on ug_version title_holder active version",
    ),
    # Who may look at it, as their memberships tell.
    part(register_keys, "funding.award", "user role", "people.view_user"),
    part(register_keys, "funding.award", "amount equipment_threshold", COST),
    part(
        register_keys,
        "funding.awardmembership",
        "user award role starts_on ends_on pseudonyms",
        "people.view_user",
    ),
    part(
        register_keys,
        "funding.parameter",
        "key scope value state program award starts_on ends_on confidence source",
    ),
    part(register_keys, "funding.capitalizationlevel", "asset_class class starts_on"),
    part(register_keys, "funding.capitalizationlevel", "level", COST),
    # It names every award that pays, and how much before and after.
    part(
        register_keys,
        "funding.reclassification",
        "line at plan salt asked_at done_at",
        "funding.view_cost",
        whole=True,
    ),
    part(register_keys, "funding.vendor", "name number spin active version purchases"),
    part(
        register_keys,
        "funding.purchase",
        "number vendor ordered_on note version lines line invoice quantity",
    ),
    # A line's columns stand in entries of its purchase.
    *(
        part(
            register_keys,
            label,
            (
                "purchase number description quantity invoice_number invoice_on paid_on "
                "account version"
            ),
        )
        for label in ("funding.purchase", "funding.purchaseline")
    ),
    *(
        part(register_keys, label, "amount", COST, whole=True)
        for label in ("funding.purchase", "funding.purchaseline")
    ),
    part(register_keys, "funding.unit", "line number received_on listed_on voided_at version"),
    part(register_keys, "funding.unit", "cost", COST),
    part(register_keys, "funding.unit", "shares", COST, whole=True),
    part(
        register_keys,
        "funding.unitshare",
        "valid_from valid_to known_from closed_known known_to unit award amount number",
        COST,
        whole=True,
    ),
)
