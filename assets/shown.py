"""Which keys of an asset's entries are shown, and to whom (see core.journal.showing)."""

from core.furnishing import part
from core.journal.nouns import register_noun
from core.journal.showing import register_keys

STATE = "school status place room container home_room condition unit"

KEYS = (
    part(
        register_noun,
        "assets.view_asset",
        "assets.category",
        "assets.product",
        "assets.asset",
        "assets.assetcode",
        "assets.assetspan",
        "assets.assignment",
        "assets.verification",
        "assets.disposal",
    ),
    part(register_noun, "assets.print_labels", "assets.tagrange"),
    part(
        register_keys, "assets.category", "name asset_class useful_life_months icon active version"
    ),
    part(register_keys, "assets.product", "category make model merged_into version assets"),
    part(
        register_keys,
        "assets.asset",
        f"{STATE} tag tag_key tag_order serial serial_key product description condition_on "
        "acquired_on title_holder use last_verified_on registered_at legacy source_key "
        "merged_into version method disposal disposed_on code sheet asset from seen_at due_on "
        "undone",
    ),
    part(register_keys, "assets.assetcode", "asset code key"),
    part(
        register_keys,
        "assets.assetspan",
        f"{STATE} asset valid_from valid_to known_from closed_known known_to sets number listed_on",
    ),
    part(
        register_keys,
        "assets.assignment",
        "asset opened_at closed_at due_on opened_by closed_by number",
    ),
    *(
        part(register_keys, label, "person holder", people=True)
        for label in ("assets.asset", "assets.assetspan", "assets.assignment")
    ),
    part(register_keys, "assets.verification", "asset seen_at recorded_at by room method number"),
    part(
        register_keys,
        "assets.disposal",
        "asset disposed_on method recipient recorded_at reopened_at number",
    ),
    *(
        part(register_keys, label, "sale_price fair_market_value", "funding.view_cost")
        for label in ("assets.asset", "assets.disposal")
    ),
    part(
        register_keys,
        "assets.tagrange",
        "name school prefix digits next_number last_number first last count",
    ),
)
