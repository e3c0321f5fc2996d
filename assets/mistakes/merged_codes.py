"""The codes of a row that is merged lead to the one that stays, and back."""

from dataclasses import dataclass, field
from typing import Any

from assets.models import Asset, AssetCode
from core.journal.writing import Touched, removed


@dataclass
class Codes:
    """Codes that one gave and another took."""

    taken: list[Touched] = field(default_factory=list)
    rows: list[AssetCode] = field(default_factory=list)


def give_codes(loser: Asset, into: Asset) -> tuple[Codes, list[int], list[int]]:
    """The loser's codes lead to the winner: what was done, which codes they were, and which of them
    were old tags."""
    given = Codes()
    codes = list(AssetCode.objects.filter(asset=loser))
    given.taken = [removed(code) for code in codes]
    # An old tag of the loser leads to the winner, and is no old tag of the winner's: nothing
    # else may bear it, so that the loser finds it again should they be two after all.
    mine = AssetCode.objects.filter(asset=loser, kind=AssetCode.Kind.OLD_TAG)
    old_tags = list(mine.values_list("pk", flat=True))
    mine.update(kind=AssetCode.Kind.MERGED)
    AssetCode.objects.filter(asset=loser).update(asset=into)
    given.rows = list(AssetCode.objects.filter(pk__in=[code.pk for code in codes]))
    own, made = AssetCode.objects.get_or_create(
        key=loser.tag_key,
        defaults={"asset": into, "code": loser.tag, "kind": AssetCode.Kind.MERGED},
    )
    given.rows += [own] if made else []
    return given, [code.pk for code in codes], old_tags


def give_codes_back(loser: Asset, winner: Asset, data: dict[str, Any]) -> Codes:
    """They lead to the loser again, its old tags as such."""
    given = Codes()
    own = AssetCode.objects.filter(asset=winner, key=loser.tag_key)
    back = AssetCode.objects.filter(asset=winner, pk__in=data["codes"])
    given.taken = [removed(code) for code in {*own, *back}]
    pks = [code.pk for code in back]
    own.delete()
    back.update(asset=loser)
    old_tags = AssetCode.objects.filter(asset=loser, pk__in=data.get("old_tags", []))
    old_tags.update(kind=AssetCode.Kind.OLD_TAG)
    given.rows = list(AssetCode.objects.filter(asset=loser, pk__in=pks))
    return given
