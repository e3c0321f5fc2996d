"""Whom or what the next things go to, in the state of a desk: to nobody where it is unsure."""

from typing import Any

from django.utils.translation import gettext as _

from assets.codes.resolve import Meaning
from core.access import MaybeActor
from people.models import Person, Room

State = dict[str, Any]
#: What may be a target of which mode.
KINDS = {
    "out": ("person", "room"),
    "move": ("room",),
    "in": ("room",),
    "verify": ("room",),
}


def target_of(state: State, by: MaybeActor) -> Person | Room | None:
    """The person or room that the next devices go to."""
    return _there(state["target"], by)


def held_of(state: State, by: MaybeActor) -> Person | Room | None:
    """Whom or what a thing goes to that is chosen as the answer to the desk's question."""
    return _there(state.get("held"), by)


def _there(kept: list[Any] | None, by: MaybeActor) -> Person | Room | None:
    if not kept:
        return None
    kind, pk = kept
    model: Any = Person if kind == "person" else Room
    found: Person | Room | None = model.objects.visible_to(by).filter(pk=pk).first()
    return found


def aim(state: State, target: Person | Room | None) -> None:
    """From now on things go there; to nobody and to no room for None."""
    kind = "person" if isinstance(target, Person) else "room"
    state["target"] = [kind, target.pk] if target else None
    state.pop("held", None)


def doubt(state: State, *, held: bool = False) -> str:
    """What was scanned may have been the next person or room: what comes after must not go to the
    one before. What to say of that; nothing where there was none before. `held`: it was asked
    which is meant, and a thing that is chosen goes to the one before after all."""
    before = state["target"]
    aim(state, None)
    if not before:
        return ""
    if held:
        state["held"] = before
        return ""
    if state["mode"] in ("in", "verify"):
        return _(
            "It may have been the next room: what you scan now is in no room until you scan one."
        )
    return _("It may have been whom or what the next items go to. Scan that again before an item.")


def answered(state: State) -> None:
    """Somebody chose what the scan before this one meant: they are who they were then."""
    if held := state.pop("held", None):
        state["target"] = held


def may_be_next(state: State, choices: list[Meaning], *, alike: bool) -> bool:
    """Whether one of several may be the next person or room. What nothing is spelled like exactly
    (`alike`) may be the card of somebody who is not here yet."""
    kinds = KINDS.get(state["mode"], ())
    return bool(kinds) and (alike or any(m.kind in kinds for m in choices))


def shown(state: State) -> str:
    """The mode and whom or what things go to, as a page of the desk says that it showed them."""
    held = ("asked", *state["held"]) if state.get("held") else ()
    return ".".join(str(part) for part in (state["mode"], *(state["target"] or held)))
