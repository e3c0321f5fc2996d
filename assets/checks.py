"""`verify`: today's row must be what the last span says."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, groupby

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from assets.models import Asset, AssetSpan, Assignment
from funding.things import UnitIds


def state_follows_from_spans() -> Iterator[str]:
    """One sentence for each asset whose row differs from its span, or that has none."""
    spans = AssetSpan.objects.standing()
    differs = Q()
    for name in AssetSpan.fields:
        same = Q(**{name: F(f"asset__{name}")})
        if AssetSpan._meta.get_field(name.removesuffix("_id")).null:
            same |= Q(**{f"{name}__isnull": True, f"asset__{name}__isnull": True})
        differs |= ~same
    for tag in spans.filter(differs).values_list("asset__tag", flat=True)[:50]:
        yield f"Asset {tag} differs from its last span."
    without = Asset.objects.filter(~Exists(spans.filter(asset=OuterRef("pk"))))
    for tag in without.values_list("tag", flat=True)[:50]:
        yield f"Asset {tag} has no span."


def a_unit_stands_for_one_thing() -> Iterator[str]:
    """One sentence for each unit that two things stand for on one day: R1 of that day would count
    its money twice."""
    known = AssetSpan.objects.known().exclude(unit=None).exclude(valid_to=F("valid_from"))
    several = known.values("unit").annotate(n=Count("asset", distinct=True)).filter(n__gt=1)
    spans = known.filter(unit__in=several.values("unit")).order_by("unit", "valid_from", "pk")
    for _unit, some in groupby(spans.select_related("asset"), key=lambda span: span.unit_id):
        for one, other in combinations(some, 2):
            apart = one.valid_to is not None and one.valid_to <= other.valid_from
            if one.asset_id != other.asset_id and not apart:
                yield (
                    f"Assets {one.asset.tag} and {other.asset.tag} stand for one unit on "
                    f"{other.valid_from:%Y-%m-%d}."
                )


def assignments_follow_from_state() -> Iterator[str]:
    """One sentence for each asset whose open assignment and holder differ."""
    open_ = Assignment.objects.filter(closed_at=None)
    for tag in open_.exclude(person=F("asset__holder")).values_list("asset__tag", flat=True)[:50]:
        yield f"Asset {tag} has another holder than its open assignment."
    held = Asset.objects.exclude(holder=None).filter(~Exists(open_.filter(asset=OuterRef("pk"))))
    for tag in held.values_list("tag", flat=True)[:50]:
        yield f"Asset {tag} has a holder and no open assignment."


def units_with_a_thing(unit_ids: UnitIds) -> set[int]:
    """Which of these units are an asset."""
    if isinstance(unit_ids, QuerySet):
        return set(Asset.objects.filter(unit__in=unit_ids).values_list("unit_id", flat=True))
    ids = list(unit_ids)
    found: set[int] = set()
    for i in range(0, len(ids), 500):
        found |= set(
            Asset.objects.filter(unit__in=ids[i : i + 500]).values_list("unit_id", flat=True)
        )
    return found


def acquired_days(unit_ids: Iterable[int]) -> dict[int, date]:
    """When the things of these units were acquired, where that is known."""
    ids = list(unit_ids)
    found: dict[int, date] = {}
    for i in range(0, len(ids), 500):
        rows = Asset.objects.filter(unit__in=ids[i : i + 500]).exclude(acquired_on=None)
        # Without a day none is among them.
        found |= dict(rows.values_list("unit_id", "acquired_on"))  # type: ignore[arg-type]
    return found


def things_of_award(award_id: int) -> int:
    """How many things an award pays for today, whoever may see them."""
    return Asset.objects.paid_by([award_id]).count()
