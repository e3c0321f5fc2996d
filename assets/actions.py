"""The only writers of assets. Page, API, import, task and command call these."""

from assets.catalog.actions import (
    add_usual_categories,
    categorize_anew,
    change_category,
    change_product,
    create_category,
    create_product,
    ensure_products,
    merge_products,
)
from assets.codes.tags import next_tag, reserve_tags, take_tags
from assets.custody.actions import (
    assign_asset,
    assign_assets,
    hand_over_asset,
    return_asset,
    return_assets,
)
from assets.leaving.actions import dispose_asset, reopen_disposal
from assets.mistakes.correct import correct_asset
from assets.mistakes.describe import change_asset
from assets.mistakes.merge import merge_assets
from assets.mistakes.put_back import put_back, put_back_assets
from assets.mistakes.unmerge import unmerge_assets
from assets.mistakes.void import reinstate_assets, void_asset, void_assets
from assets.places.actions import (
    change_status,
    change_statuses,
    find_again,
    find_all_again,
    move_asset,
    move_assets,
)
from assets.register.actions import register_asset, register_assets, register_numbered
from assets.register.draft import AssetDraft
from assets.sightings.actions import find_and_verify, verify_asset, verify_assets

__all__ = [
    "AssetDraft",
    "add_usual_categories",
    "assign_asset",
    "assign_assets",
    "categorize_anew",
    "change_asset",
    "change_category",
    "change_product",
    "change_status",
    "change_statuses",
    "correct_asset",
    "create_category",
    "create_product",
    "dispose_asset",
    "ensure_products",
    "find_again",
    "find_all_again",
    "find_and_verify",
    "hand_over_asset",
    "merge_assets",
    "merge_products",
    "move_asset",
    "move_assets",
    "next_tag",
    "put_back",
    "put_back_assets",
    "register_asset",
    "register_assets",
    "register_numbered",
    "reinstate_assets",
    "reopen_disposal",
    "reserve_tags",
    "return_asset",
    "return_assets",
    "take_tags",
    "unmerge_assets",
    "verify_asset",
    "verify_assets",
    "void_asset",
    "void_assets",
]
