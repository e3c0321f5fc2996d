"""What it takes to take acts back: the right to do their opposites."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from assets.mistakes.standing import Standing
from assets.models import Asset, AssetSpan
from assets.target import require_target
from core.access import Actor, require_all
from people.models import School

#: How a thing stands, and how it is to stand again.
Turn = tuple[Standing, Standing]


def require_opposites(
    both: Sequence[tuple[Asset, Standing]],
    past: Mapping[int, Sequence[AssetSpan]],
    by: Actor,
) -> None:
    """Raise NotPermitted unless `by` may do, where each thing is and where it goes, the opposite
    of what made it stand as it does; of what has a `past` also on the days before, which may tell
    what today does not."""
    here: dict[int, list[AssetSpan]] = {pk: [] for pk in past}
    if past:
        for span in AssetSpan.objects.known().filter(asset__in=past).in_order():
            here[span.asset_id].append(span)
    needs: dict[str, dict[int, tuple[Asset, set[int]]]] = {}
    for asset, was in both:
        turns = {(Standing.of(asset), was)}
        if asset.pk in past:
            turns |= set(_turns(here[asset.pk], past[asset.pk]))
        for now, then in turns:
            for permission in _permissions(now, then):
                _asset, away = needs.setdefault(permission, {}).setdefault(asset.pk, (asset, set()))
                away |= {then.school_id} - {now.school_id}
    for permission, asked in needs.items():
        require_all(by, permission, [asset for asset, _away in asked.values()])
        if schools := set().union(*(away for _asset, away in asked.values())):
            require_target(by, permission, School.objects.filter(pk__in=schools), "school")


def loans(now: Standing | Asset, then: Standing) -> tuple[bool, bool]:
    """Whether a loan ends, and whether one begins."""
    other = now.holder_id != then.holder_id
    return other and now.holder_id is not None, other and then.holder_id is not None


def _permissions(now: Standing, then: Standing) -> Iterator[str]:
    ends, begins = loans(now, then)
    if ends:
        yield "assets.return_asset"
    if begins:
        yield "assets.assign_asset"
    if ends or begins:
        return  # that takes it along, and says its status
    if _place(now) != _place(then):
        yield "assets.move_asset"
    elif now.status != then.status:
        yield "assets.change_status"
    elif now.school_id != then.school_id:
        yield "assets.correct_asset"


def _place(standing: Standing) -> tuple[str, int | None, int | None, int | None]:
    return standing.place, standing.room_id, standing.person_id, standing.container_id


def _turns(here: Collection[AssetSpan], past: Collection[AssetSpan]) -> Iterator[Turn]:
    """Each day's word and what it is to be again. Where one of them begins later than the other
    nothing is told of the days before, and its first word stands for them."""
    for at in {span.valid_from for span in (*here, *past)}:
        now, then = (
            next((s for s in reversed(spans) if s.valid_from <= at), next(iter(spans)))
            for spans in (list(here), list(past))
        )
        yield Standing.of(now), Standing.of(then)
