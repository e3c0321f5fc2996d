"""Things in the sentences of a row, which tell who has them."""

from assets.codes.meanings import described
from assets.models import Asset
from core.access import MaybeActor
from integrations.kinds.assets.row import AssetPlan


def tell_of(plan: AssetPlan, asset: Asset, by: MaybeActor) -> str:
    """A thing as a sentence of the row describes it: the row is forgotten with whoever has it."""
    if asset.holder is not None:
        plan.values.tells += (asset.holder.local_id,)
    return described(asset, by)
