"""Asset rows done, in the plural: one act for many rows wherever they allow it."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from assets import actions
from assets.mistakes.standing import Standing
from assets.models import Asset, Assignment, Product, Status
from assets.models.status import ASTRAY
from core.access import Actor
from core.journal.writing import one_act
from core.time import days
from funding import actions as money
from integrations.kinds.assets.doing.state import status_of
from integrations.kinds.assets.money.bought import give_units, share_new
from integrations.kinds.assets.past.back import lent_as
from integrations.kinds.assets.reading.days import moved_at, status_at
from integrations.kinds.assets.row import AssetPlan, AssetRow
from integrations.kinds.rows.changes import Change
from integrations.kinds.rows.planned import facts_of
from integrations.models import ImportSession
from people.models import Room

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def say_categories(plans: Sequence[AssetPlan], by: Actor) -> None:
    """Products of which only undone imports spoke are of the category that their rows say."""
    anew = {pk: v.category_row for v in (p.values for p in plans) if (pk := v.kind_anew)}
    if anew:
        actions.categorize_anew(anew, by=by)


def _products(plans: Sequence[AssetPlan], by: Actor) -> list[Product]:
    keys = [p.values.product() for p in plans]
    found = actions.ensure_products(
        [(*key, p.values.category_row) for key, p in zip(keys, plans, strict=True)], by=by
    )
    return [found[make.strip().lower(), model.strip().lower()] for make, model in keys]


def create(plans: Sequence[AssetPlan], session: ImportSession, by: Actor) -> None:
    """Bring new things in as they are: legacy, whatever their status."""
    if not plans:
        return
    products = _products(plans, by)
    given: dict[int, str] = {}
    untagged = [p for p in plans if not p.values.tag]
    if untagged:
        free = actions.take_tags(len(untagged), by=by, but=_tags_of(session))
        given = dict(zip(map(id, untagged), free, strict=True))
    units = give_units(session, plans, by)
    drafts = []
    for plan, product, unit in zip(plans, products, units, strict=True):
        v = plan.values
        drafts.append(
            actions.AssetDraft(
                tag=v.tag or given[id(plan)],
                serial=v.serial or "",
                product=product,
                school=v.school_row,
                room=v.room_row,
                holder=v.holder_row,
                description=v.description or "",
                status=v.status or Status.IN_STOCK,
                condition=v.condition or "",
                condition_on=v.last_verified_on,
                acquired_on=v.acquired_on,
                last_verified_on=v.last_verified_on,
                received_on=v.received_on,
                listed_on=v.listed_on,
                loaned_on=v.handed_on,
                status_on=v.status_on,
                disposed_on=v.disposed_on,
                title_holder=v.title_holder or "",
                use=v.use or "",
                unit=unit,
                legacy=True,
                source_key=v.source_key,
                another=True,
            )
        )
    for plan, asset in zip(plans, actions.register_assets(drafts, by=by), strict=True):
        plan.row.object_id, plan.row.applied_version = asset.pk, asset.version


def _tags_of(session: ImportSession) -> Iterable[str]:
    """The tags that the file gives: those of rows that are still to come are none that are free."""
    for header, field in session.mapping.items():
        if field == "tag":
            rows = session.rows.filter(outcome__in=["create", "update"])
            said = rows.values_list(KeyTextTransform(header, "raw"), flat=True)
            yield from filter(None, said.iterator())


def update(plans: Sequence[AssetPlan], session: ImportSession, by: Actor) -> None:
    """Change what is there: each fact through its own action, many rows at once where they
    agree."""
    if not plans:
        return
    reason = _("Import of %s") % session.name
    assets = assets_of((p.object_id for p in plans), by)
    _remember(plans, assets)
    for plan in plans:
        if plan.changes.merge is not None:
            one = Asset.objects.visible_to(by).get(pk=plan.changes.merge.was["asset"])
            plan.changes.loser_version = Change(one.version)
            actions.merge_assets(one, into=assets[plan.object_id or 0], by=by, reason=reason)
    void = [a for a in assets.values() if a.status == Status.VOID]
    if void:
        bare = {p.object_id or 0 for p in plans if p.changes.unit is not None}
        said = lent_as((p.object_id or 0, p.values) for p in plans)
        undone = {p.object_id or 0 for p in plans if not p.values.spoken_of}
        actions.reinstate_assets(void, by=by, reason=reason, said=said, bare=bare, undone=undone)
        assets = assets_of((p.object_id for p in plans), by)
        for plan in plans:
            if plan.values.spoken_of:
                plan.changes.back = Change(Standing.of(assets[plan.object_id or 0]).plain())
    for plan, product in zip(plans, _products_of(plans, by), strict=True):
        _describe(plan, assets[plan.object_id or 0], product, by, reason)
    _money(plans, assets, session, by, reason)
    seen = [p for p in plans if p.changes.last_verified_on is not None]
    for day, rows in _alike(seen, lambda p: p.values.last_verified_on):
        at = days.start_of_day(day) if day else None
        actions.verify_assets(_of(rows, assets), by=by, at=at, method="source")
    _hand_over([p for p in plans if p.changes.holder is not None and not _has_it(p, assets)], by)
    for plan in plans:  # what was missing is back before it goes to a room
        asset = assets[plan.object_id or 0]
        if asset.status in ASTRAY and (wanted := _becomes(plan, asset)):
            actions.change_status(asset, to=wanted, by=by, reason=reason, at=status_at(plan))
    # A thing goes to its room last: handing it out took it along.
    moved = [(p, r) for p in plans if (r := _goes_to(p, assets)) is not None]
    for (room, at), going in _alike(moved, lambda pair: (pair[1], moved_at(pair[0]))):
        actions.move_assets(_of([p for p, _room in going], assets), to=room, by=by, at=at)
    fresh = assets_of((p.object_id for p in plans), by)
    for plan in plans:
        asset = fresh[plan.object_id or 0]
        if wanted := _becomes(plan, asset):
            asset = actions.change_status(
                asset, to=wanted, by=by, reason=reason, at=status_at(plan)
            )
        plan.row.object_id, plan.row.applied_version = asset.pk, asset.version


def _becomes(plan: AssetPlan, asset: Asset) -> str:
    """The status that its row gives a thing, empty where it has that: what came back of what was
    void stands as it stood, where the row does not say otherwise."""
    wanted = status_of(plan.values) if plan.changes.status is not None else ""
    return wanted if wanted != asset.status else ""


def _remember(plans: Sequence[AssetPlan], assets: dict[int, Asset]) -> None:
    """How each stood, for undo: its columns alone do not say what their acts change besides."""
    lent = [a.pk for a in assets.values() if a.holder_id]
    open_ = Assignment.objects.filter(asset__in=lent, closed_at=None) if lent else None
    due = dict(open_.values_list("asset", "due_on")) if open_ is not None else {}
    for plan in plans:
        if asset := assets.get(plan.object_id or 0):
            plan.changes.stood = Change(Standing.of(asset, due.get(asset.pk)).plain())
            plan.changes.version = Change(asset.version)


def assets_of(pks: Iterable[int | None], by: Actor) -> dict[int, Asset]:
    """The things that rows mean, by key."""
    rows = Asset.objects.visible_to(by).filter(pk__in=[pk for pk in pks if pk])
    return {a.pk: a for a in rows.select_related("unit", "product")}


def _has_it(plan: AssetPlan, assets: dict[int, Asset]) -> bool:
    """Whether the row's person has the thing already: it was reinstated with them."""
    holder = plan.values.holder_row
    return holder is not None and assets[plan.object_id or 0].holder_id == holder.pk


def _goes_to(plan: AssetPlan, assets: dict[int, Asset]) -> Room | None:
    room, asset = plan.values.room_row, assets[plan.object_id or 0]
    if room is None or (plan.changes.holder is not None and not _has_it(plan, assets)):
        return room
    return room if plan.changes.room is not None and room.pk != asset.room_id else None


def _of(plans: Sequence[AssetPlan], assets: dict[int, Asset]) -> list[Asset]:
    return [assets[p.object_id or 0] for p in plans]


def _alike(rows: Iterable[T], key: Callable[[T], K]) -> Iterable[tuple[K, list[T]]]:
    groups: dict[K, list[T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups.items()


def _products_of(plans: Sequence[AssetPlan], by: Actor) -> list[Product | None]:
    other = [p for p in plans if p.changes.product is not None]
    found = dict(zip(map(id, other), _products(other, by) if other else [], strict=True))
    return [found.get(id(p)) for p in plans]


def _describe(
    plan: AssetPlan, asset: Asset, product: Product | None, by: Actor, reason: str
) -> None:
    v, changes = plan.values, plan.changes
    with one_act():
        facts = {name: getattr(v, name) for name in changes.facts(facts_of(AssetRow))}
        if changes.condition is not None:
            facts["condition"] = v.condition
        if facts:
            actions.change_asset(asset, by=by, **facts)
        tag = v.tag if changes.tag is not None else None
        serial = v.serial if changes.serial is not None else None
        if tag is not None or serial is not None or product is not None:
            actions.correct_asset(
                asset,
                by=by,
                reason=reason,
                tag=tag,
                serial=serial,
                product=product,
                another=True,  # asked of in the preview
            )
        if changes.school is not None:
            actions.correct_asset(asset, by=by, reason=reason, school=v.school_row)


def _money(
    plans: Sequence[AssetPlan],
    assets: dict[int, Asset],
    session: ImportSession,
    by: Actor,
    reason: str,
) -> None:
    bare = [p for p in plans if p.changes.unit is not None]
    for plan, unit in zip(bare, give_units(session, bare, by), strict=True):
        asset = assets[plan.object_id or 0]
        if unit is not None and asset.unit_id != unit.pk:
            actions.change_asset(asset, by=by, unit=unit, reason=reason)
    paid, costs = [], []
    for plan in plans:
        unit = assets[plan.object_id or 0].unit
        if unit is None or plan.changes.unit is not None:
            continue
        if plan.changes.cost is not None and plan.values.cost is not None:
            costs.append((unit, plan.values.cost))
        if plan.changes.award_1 is not None:
            paid.append((unit, plan.values))
    money.set_unit_costs(costs, by=by, reason=reason)
    share_new(paid, by)


def _hand_over(plans: Sequence[AssetPlan], by: Actor) -> None:
    assets = assets_of((p.object_id for p in plans), by)
    held = [a for a in assets.values() if a.holder_id]
    if held:
        # Its row says where it goes next, or else it goes to its home room.
        how = {
            p.object_id: (
                p.values.loaned_at,
                bool(p.values.holder_row or p.values.room_row),
            )
            for p in plans
        }
        for (when, onward), rows in _alike(held, lambda a: how[a.pk]):
            actions.return_assets(rows, by=by, at=when, onward=onward)
    given = [(p, p.values.holder_row) for p in plans if p.values.holder_row]
    for when, some in _alike(given, lambda pair: pair[0].values.loaned_at):
        pairs = [(assets[p.object_id or 0], holder) for p, holder in some]
        actions.assign_assets(pairs, by=by, at=when)
