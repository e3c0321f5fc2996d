"""From a scanned code to what it leads to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from assets.codes.meanings import winner_of
from assets.codes.printed import tags_of
from assets.codes.rooms import is_old, rooms_of
from assets.models import Asset, AssetCode
from assets.models.keys import code_keys
from core.access import MaybeActor, may
from core.text.zeros import spellings
from people.lookup import named, person_of
from people.models import Person, Room

Thing = Asset | Person | Room
#: So many things of one serial number are offered at the most.
MOST = 20
_IDENTIFIERS = ("sn:", "s/n:", "1s", "s")


@dataclass(frozen=True)
class Meaning:
    """One thing that a code leads to, and as what: tag, code, serial, id, room, name, alike."""

    thing: Thing
    how: str
    old: bool = False  # a room that has another printed code by now

    @property
    def kind(self) -> str:
        return {Asset: "asset", Person: "person"}.get(type(self.thing), "room")

    @property
    def key(self) -> str:
        """How a chosen one is named: `asset:7`."""
        return f"{self.kind}:{self.thing.pk}"


@dataclass(frozen=True)
class Resolved:
    """What a code leads to: at most one thing, or several among which somebody chooses. `alike`:
    nothing has this code, but these have it with more or fewer zeros."""

    kind: str  # asset, person, room, ambiguous, alike, unknown
    asset: Asset | None = None
    person: Person | None = None
    room: Room | None = None
    choices: list[Meaning] = field(default_factory=list)
    notice: str = ""
    how: str = ""  # as what the one thing has the code

    @property
    def chosen(self) -> Thing | None:
        return self.asset or self.person or self.room


def candidates(code: str) -> tuple[list[str], list[str]]:
    """The code as keys to look for: as it is, and without a carton's data identifier."""
    whole = code_keys((tags_of(code) or [code.strip()])[0])
    key = whole[-1]
    parts = [
        key.removeprefix(prefix).strip()
        for prefix in _IDENTIFIERS
        if key.startswith(prefix) and len(key) > len(prefix) + 3
    ]
    return whole, [part for part in dict.fromkeys(parts) if part not in whole]


def resolve(code: str, by: MaybeActor) -> Resolved:
    """What a code leads to for this actor. What is not theirs is unknown, like what is not there.

    All meanings are looked up first, the whole code before what is left of it without a carton's
    prefix: where several answer, none is chosen. Our own tag alone beats a serial of another
    thing, with a notice; a merged asset's codes lead to the winner."""
    whole, parts = candidates(code)
    if not whole[-1] or len(code) > 300:
        return Resolved("unknown")
    ours = tags_of(code)  # printed by us: a thing and nobody's card
    if labeled := _labeled(ours, by):
        return _decided(labeled)
    for key in (*whole, *parts):
        found = meanings(key, by, whole=key in whole, things=bool(ours))
        if found:
            return _decided(found)
    if other := looks_like(whole[-1], by):
        return Resolved("alike", choices=other)
    called = list(named(code, by)[:2]) if " " in code.strip() else []  # typed: the card is at home
    if len(called) == 1 and may(by, "people.view_person", called[0]):
        return _one(Meaning(called[0], "name"))
    return Resolved("unknown")


def meanings(
    key: str, by: MaybeActor, *, whole: bool = True, things: bool = False
) -> list[Meaning]:
    """Everything that a key leads to for this actor. What a prefix was taken off may be nothing
    but a serial; `things`: no person and no room."""
    visible = Asset.objects.visible_to(by).for_list()
    found: list[Meaning] = []
    serial = Q(serial_key=key, merged_into=None)
    # One question for both: every scan asks it.
    rows = list(visible.filter(Q(tag_key=key) | serial if whole else serial)[:MOST])
    tagged = next((a for a in rows if a.tag_key == key), None)
    if tagged is None and len(rows) == MOST:
        tagged = visible.filter(tag_key=key).first()
    if whole and (asset := winner_of(tagged, by)):
        found.append(Meaning(asset, "tag"))
    elif whole:
        old = AssetCode.objects.filter(key=key).values_list("asset_id", flat=True).first()
        if old is not None and (asset := winner_of(visible.filter(pk=old).first(), by)):
            found.append(Meaning(asset, "code"))
    own = {m.thing.pk for m in found}
    same = (a for a in rows if a.serial_key == key and a.merged_into_id is None)
    found += [Meaning(a, "serial") for a in same if a.pk not in own]
    if things or not whole:
        return found
    person = person_of(key, by)
    if person is not None and may(by, "people.view_person", person):
        found.append(Meaning(person, "id"))
    found += [Meaning(room, "room", old=is_old(room, key)) for room in rooms_of(key, by)]
    return found


def _labeled(tags: list[str], by: MaybeActor) -> list[Meaning]:
    """The things that a label may mean: two where one has as its tag how another's is quoted."""
    found: dict[str, Meaning] = {}
    for tag in tags:
        for key in code_keys(tag):
            if there := meanings(key, by, things=True):
                found |= {m.key: m for m in there if m.key not in found}
                break
    return list(found.values())


def _decided(found: list[Meaning]) -> Resolved:
    first, *others = found
    if all(m.how == "serial" for m in others) and first.how == "tag":
        return _one(first, "also-a-serial" if others else "")
    if others:
        return Resolved("ambiguous", choices=found)
    return _one(first, "old-code" if first.how == "code" or first.old else "")


def _one(meaning: Meaning, notice: str = "") -> Resolved:
    one: Any = {meaning.kind: meaning.thing}
    return Resolved(meaning.kind, notice=notice, how=meaning.how, **one)


def looks_like(key: str, by: MaybeActor) -> list[Meaning]:
    """What has this number with more or fewer zeros before it."""
    others = spellings(key)
    if not others:
        return []
    visible = Asset.objects.visible_to(by).filter(merged_into=None).for_list()
    codes = list(AssetCode.objects.filter(key__in=others).values_list("asset", flat=True))
    things = visible.filter(Q(tag_key__in=others) | Q(serial_key__in=others) | Q(pk__in=codes))
    people = Person.objects.visible_to(by).filter(local_id__in=others, merged_into=None)
    found: Sequence[Thing] = [*things[:10], *people[:10]]
    return [
        Meaning(x, "alike")
        for x in found
        if isinstance(x, Asset) or may(by, "people.view_person", x)
    ]


def picked(found: Resolved, key: str) -> Resolved:
    """The one that somebody chose among what a code may mean; as before where it is not there."""
    return next((_one(m) for m in found.choices if m.key == key), found)


def asset_of(code: str, by: MaybeActor) -> Asset | None:
    """The thing that a code means where nothing but a thing can be meant; None for none, and
    where several have it."""
    found = resolve(code, by)
    several = found.choices if found.kind == "ambiguous" else ()
    things = [m.thing for m in several if isinstance(m.thing, Asset)]
    return found.asset or (things[0] if len(things) == 1 else None)
