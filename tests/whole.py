"""All that is so of a thing, to compare it before and after."""

from typing import Any

from assets.models import Asset, AssetSpan, Assignment


def whole(asset: Asset) -> dict[str, Any]:
    """Its state as its row says it, which its open span says too, and who has to bring it back
    when."""
    row = Asset.objects.get(pk=asset.pk)
    state = {name: getattr(row, name) for name in AssetSpan.fields}
    span = AssetSpan.objects.get(asset=row, valid_to=None, known_to=None)
    assert state == {name: getattr(span, name) for name in AssetSpan.fields}
    open_ = Assignment.objects.filter(asset=row, closed_at=None).first()
    loan = (open_.person_id, open_.due_on) if open_ else None
    return state | {"loan": loan, "condition_on": row.condition_on}
