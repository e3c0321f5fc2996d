"""The only writers of assets. Page, API, import, task and command call these."""

from assets.actions.catalog import (
    add_usual_categories,
    change_category,
    change_product,
    create_category,
    create_product,
    ensure_products,
    merge_products,
)
from assets.actions.correct import correct_asset
from assets.actions.custody import (
    assign_asset,
    assign_assets,
    hand_over_asset,
    return_asset,
    return_assets,
)
from assets.actions.describe import change_asset
from assets.actions.dispose import dispose_asset, reopen_disposal
from assets.actions.merge import merge_assets, unmerge_assets
from assets.actions.move import change_status, find_again, move_asset, move_assets
from assets.actions.put_back import put_back, put_back_assets
from assets.actions.register import AssetDraft, register_asset, register_assets, register_numbered
from assets.actions.tags import next_tag, reserve_tags, take_tags
from assets.actions.verify import find_and_verify, verify_asset, verify_assets
from assets.actions.void import reinstate_assets, void_asset, void_assets

__all__ = [
    "AssetDraft",
    "add_usual_categories",
    "assign_asset",
    "assign_assets",
    "change_asset",
    "change_category",
    "change_product",
    "change_status",
    "correct_asset",
    "create_category",
    "create_product",
    "dispose_asset",
    "ensure_products",
    "find_again",
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
