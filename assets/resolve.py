"""From a scanned code to what it leads to (desk.md 1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from assets.models import Asset, AssetCode
from assets.models.asset import code_key
from core.access import MaybeActor, may
from people.lookup import named, person_of
from people.models import Person, Room

_OUR_ADDRESS = re.compile(r"^https?://[^/\s]+/t/([^/?#\s]+)/?$", re.I)
_IDENTIFIERS = ("sn:", "s/n:", "1s", "s")


@dataclass(frozen=True)
class Resolved:
    """What a code leads to: at most one thing, or several among which somebody chooses."""

    kind: str  # asset, person, room, ambiguous, unknown
    asset: Asset | None = None
    person: Person | None = None
    room: Room | None = None
    choices: list[Asset] = field(default_factory=list)
    notice: str = ""


def candidates(code: str) -> Iterator[str]:
    """The code as keys to look for: as it is, then without a carton's data identifier."""
    text = code.strip()
    if match := _OUR_ADDRESS.match(text):
        text = match[1]
    key = code_key(text)
    yield key
    for prefix in _IDENTIFIERS:
        if key.startswith(prefix) and len(key) > len(prefix) + 3:
            yield key.removeprefix(prefix).strip()


def resolve(code: str, by: MaybeActor) -> Resolved:
    """What a code leads to for this actor. What is not theirs is unknown, like what is not there.

    Our own tag beats a serial, with a notice; a merged asset's codes lead to the winner."""
    keys = list(dict.fromkeys(candidates(code)))
    if not keys[0] or len(code) > 300:
        return Resolved("unknown")
    visible = Asset.objects.visible_to(by).for_list()
    key = keys[0]
    asset = visible.filter(tag_key=key).first()
    if asset is not None:
        while asset is not None and asset.merged_into_id:  # the winner may have lost later on
            asset = visible.filter(pk=asset.merged_into_id).first()
        if asset is not None:
            other = visible.filter(serial_key=key).exclude(pk=asset.pk).exists()
            return Resolved("asset", asset=asset, notice="also-a-serial" if other else "")
    alias = AssetCode.objects.filter(key=key).values_list("asset_id", flat=True).first()
    if alias is not None and (asset := visible.filter(pk=alias).first()):
        return Resolved("asset", asset=asset, notice="old-code")
    for serial in keys:
        found = list(visible.filter(serial_key=serial, merged_into=None)[:20])
        if len(found) == 1:
            return Resolved("asset", asset=found[0])
        if found:
            return Resolved("ambiguous", choices=found)
    person = person_of(key, by)
    if person is not None and may(by, "people.view_person", person):
        return Resolved("person", person=person)
    if room := room_of(key, by):
        return Resolved("room", room=room)
    called = list(named(code, by)[:2]) if " " in code.strip() else []  # typed: the card is at home
    if len(called) == 1 and may(by, "people.view_person", called[0]):
        return Resolved("person", person=called[0])
    return Resolved("unknown")


def room_of(key: str, by: MaybeActor) -> Room | None:
    """A printed room code: `R:<school code>:<building>:<room>` or a code that is unique to you."""
    rooms = Room.objects.visible_to(by).filter(active=True)
    if key.startswith("r:"):
        parts = key.split(":")
        if len(parts) == 4:
            match = Q(
                school__code__iexact=parts[1], building__iexact=parts[2], code__iexact=parts[3]
            )
            return rooms.filter(match).first()
        return None
    found = list(rooms.filter(code__iexact=key)[:2])
    return found[0] if len(found) == 1 else None
