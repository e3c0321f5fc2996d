"""From a person to things, and how a thing's people show: one rule for pages, lists and the API.

People show by name on a thing where a membership that names people reaches that thing
(people.naming). So nobody gets from somebody's name to a thing that shows its people by pseudonyms:
the name would say whose the pseudonym is.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from assets.models import Asset, AssetSpan, Assignment
from assets.models.asset import AssetQuerySet
from assets.models.span import AssetSpanQuerySet
from core.access import NAMES, MaybeActor, Scope, scope_of
from people.models import Person


def by_name(by: MaybeActor) -> AssetQuerySet:
    """The things that somebody sees and whose people show there by name."""
    return Asset.objects.visible_to(by).visible_to(by, NAMES)


def held_now(person: Person, by: MaybeActor) -> AssetQuerySet:
    """What a person answers for or has with them, of the things that lead to them by name."""
    return by_name(by).held_by(person)


def held_then(person: Person, at: datetime, by: MaybeActor) -> AssetQuerySet:
    """What a person answered for or had with them at an instant; what was at a school of others
    then is not told."""
    spans = told(AssetSpan.objects.as_of(at), scope_of(by, NAMES))
    held = spans.filter(Q(holder=person) | Q(person=person))
    return by_name(by).filter(pk__in=held.values("asset"))


def gave_back(person: Person, by: MaybeActor) -> QuerySet[Assignment]:
    """The hand-overs to a person that are over, of what `held_then` tells of those days."""
    rows = Assignment.objects.filter(person=person, closed_at__isnull=False)
    rows = rows.filter(asset__in=by_name(by))
    scope = scope_of(by, NAMES)
    if scope.everything:
        return rows
    spans = AssetSpan.objects.known().filter(
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("opened_at")),
        asset=OuterRef("asset"),
        valid_from__lte=OuterRef("opened_at"),
    )
    return rows.filter(Exists(told(spans, scope)))


def told(spans: AssetSpanQuerySet, scope: Scope) -> AssetSpanQuerySet:
    """The states that a scope tells where and with whom: at its schools, and of its awards'
    things."""
    if scope.everything:
        return spans
    here = Q(school__in=scope.schools)
    if scope.along:
        paid = Asset.objects.reached_by(Scope(along=scope.along))
        here |= Q(Exists(paid.filter(pk=OuterRef("asset"))))
    return spans.filter(here)


def listed(person: Person, by: MaybeActor) -> str:
    """The tags of some things that a person holds, and how many more; empty for none. What does not
    show to `by` with its people by name is counted only."""
    held = Asset.objects.held_by(person)
    count = held.count()
    tags: list[Any] = list(
        held_now(person, by).order_by("tag_key").values_list("tag", flat=True)[:5]
    )
    if count > len(tags):
        tags.append(_("%s more") % (count - len(tags)))
    return ", ".join(tags)
