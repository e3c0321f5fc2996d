"""Which keys of an asset's entries are shown, and to whom (see core.journal.showing)."""

from core.journal.showing import register

STATE = "school status place room container home_room condition unit"


def register_keys() -> None:
    """Called once, when the app is ready."""
    register("assets.category", "name asset_class useful_life_months icon active version")
    register("assets.product", "category make model merged_into version assets")
    register(
        "assets.asset",
        f"{STATE} tag tag_key tag_order serial serial_key product description condition_on "
        "acquired_on "
        "title_holder use last_verified_on registered_at legacy source_key merged_into version "
        "method disposal disposed_on code sheet asset from seen_at due_on",
    )
    register("assets.assetcode", "asset code key")
    register(
        "assets.assetspan",
        f"{STATE} asset valid_from valid_to known_from closed_known known_to sets number listed_on",
    )
    register("assets.assignment", "asset opened_at closed_at due_on opened_by closed_by number")
    for label in ("assets.asset", "assets.assetspan", "assets.assignment"):
        register(label, "person holder", people=True)
    register("assets.verification", "asset seen_at recorded_at by room method number")
    register("assets.disposal", "asset disposed_on method recipient recorded_at reopened_at number")
    for label in ("assets.asset", "assets.disposal"):
        register(label, "sale_price fair_market_value", "funding.view_cost")
    register("assets.tagrange", "name school prefix digits next_number last_number first last")
