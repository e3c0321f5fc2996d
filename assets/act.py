"""What somebody does with a thing, declared once as a value.

Its page, its button with the reason why not, its REST verb and the sentence of its entry are made
from it. An act that lacks a part, or whose parts do not fit, stops the program's start.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.utils.functional import Promise

from assets.many import of_rows
from assets.models import Asset
from core.access import Actor
from core.api.shapes import Shape
from core.journal.showing import ANY, registered
from core.problems import Problem, Refused
from core.time import days
from core.web.forms import HouseForm
from people.permission_words import WORDS
from people.roles import PERMISSIONS

Input = TypeVar("Input")
Words = str | Promise
#: Why each of these things does not take an act now, whatever is typed; in a constant number of
#: queries. By the thing's key; a thing without an item takes it.
Rule = Callable[[Sequence[Asset]], Mapping[int, Sequence[Problem]]]


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Input]):
    """How people do it: what they type, and what the page says."""

    form: type[HouseForm]
    #: What was typed, as the act's input. Raises Refused where it names nothing.
    given: Callable[[dict[str, Any], Asset, Actor], Input]
    done: Words
    initial: Callable[[Asset], dict[str, Any]] = lambda asset: {}
    #: The form shows what stands: whoever sends it is told what became another since.
    edits: bool = False
    explanation: Words = ""
    submit: Words = ""
    #: It cannot simply be done again the other way round: the button is red.
    danger: bool = False
    #: It shows first what it would record, and does it once that is confirmed.
    preview: bool = False


@dataclass(frozen=True, kw_only=True)
class Verb:
    """How programs do it: the body, whose fields are those of the act's input."""

    shape: type[Shape[Any]]
    text: str
    #: The body for many things (with `assets`), and what the contract says of it.
    many: type[Shape[Any]] | None = None
    many_text: str = ""
    #: What each of many things brings of its own: that body has `rows` of a thing and this, and the
    #: input takes it by the thing's key.
    own: str = ""
    #: Whether the answer says what somebody should know about the codes that were entered.
    notices: bool = False


_declared: list["Act[Any]"] = []


@dataclass(frozen=True, kw_only=True)
class Act(Generic[Input]):
    """An act on things, one or many: all or none.

    `do` raises Refused with what `problems` says and with what is wrong with the input, and
    NotPermitted without the permission for each thing."""

    #: As in its addresses: /assets/7/<name>/ and POST /api/v1/assets/7/<name>.
    name: str
    kind: str
    sentence: Words
    permission: str
    label: Words
    icon: str
    input: type[Input]
    do: Callable[[Sequence[Asset], Input, Actor], Sequence[Asset]]
    problems: Rule
    #: Whether a thing that stands so is told of it at all (what is not lost is not found again).
    belongs: Callable[[Asset], bool] = lambda asset: True
    page: Page[Input] | None
    verb: Verb | None

    def __post_init__(self) -> None:
        _declared.append(self)


_WORD = re.compile(r"\{(\w+)\}")
_acts: dict[str, Act[Any]] = {}


@dataclass(frozen=True)
class Reason:
    """The input of an act that asks for nothing but why."""

    reason: str


def only_why(typed: dict[str, Any], asset: Asset, by: Actor) -> Reason:
    """What a page gives to such an act."""
    return Reason(typed["reason"])


def from_day(day: date | None) -> datetime | None:
    """Since when an act holds that people date by a day: from its beginning; None is now."""
    if day is None or day == days.today():
        return None
    return days.start_of_day(day)


def register_act(act: Act[Any]) -> None:
    """Take an act in. Raises TypeError, naming each part that is missing or does not fit."""
    if faults := list(_faults(act)):
        raise TypeError(f"the act {act.name!r}: {'; '.join(faults)}")
    _acts[act.name] = act


def all_listed() -> None:
    """Raise TypeError where an act was declared and not taken in: nobody could do it."""
    if names := [a.name for a in _declared if _acts.get(a.name) is not a]:
        raise TypeError(f"the acts {names} stand in no list (assets/acts.py)")


def acts() -> Sequence[Act[Any]]:
    """All acts, in the order in which a thing's page offers them."""
    return tuple(_acts.values())


def each(rule: Callable[[Asset], Iterable[Problem]]) -> Rule:
    """A rule that looks at each thing alone, and asks the database nothing."""
    return lambda assets: {a.pk: list(rule(a)) for a in assets}


def one_by_one(
    do: Callable[[Asset, Input, Actor], object],
) -> Callable[[Sequence[Asset], Input, Actor], Sequence[Asset]]:
    """What an act does where its action takes one thing: many are all done or none, and a refusal
    says which one it is of (`rows.3.status`)."""

    def one(asset: Asset, given: Input, by: Actor) -> Asset:
        done = do(asset, given, by)
        return done if isinstance(done, Asset) else asset

    def do_all(assets: Sequence[Asset], given: Input, by: Actor) -> Sequence[Asset]:
        if len(assets) == 1:  # its action is one transaction already
            return [one(assets[0], given, by)]
        done: dict[int, Asset] = {}
        with transaction.atomic():
            # Two desks may do the same to the same things: each takes them in the same order.
            for n, asset in sorted(enumerate(assets), key=lambda item: item[1].pk):
                try:
                    done[n] = one(asset, given, by)
                except Refused as error:
                    raise Refused(list(of_rows([(n, error.problems)], many=True))) from error
        return [done[n] for n in range(len(assets))]

    return do_all


def _faults(act: Act[Any]) -> Iterable[str]:
    if not act.name.isidentifier():
        yield "its name is no word"
    if act.name in _acts:
        yield "its name is taken"
    if act.kind in {a.kind for a in _acts.values()} or not act.kind.startswith("asset."):
        yield f"its kind {act.kind!r} is taken, or none of an item's"
    for part in ("label", "icon", "sentence"):
        if not getattr(act, part):
            yield f"it has no {part}"
    words = set(_WORD.findall(str(act.sentence)))
    if act.sentence and "subject" not in words:
        yield "its sentence does not name the item: {subject}"
    if hidden := words - {"subject"} - registered("assets.asset") - registered(ANY):
        yield f"its sentence says {sorted(hidden)}, which nobody is shown (assets/shown.py)"
    if act.permission not in PERMISSIONS:
        yield f"no role knows its permission {act.permission!r} (people/roles.py)"
    if act.permission not in WORDS:
        yield f"nobody has words for its permission {act.permission!r} (people/permission_words.py)"
    if act.page is None and act.verb is None:
        yield "nobody can do it: it has neither a page nor a verb"
    if act.page is not None and not act.page.done:
        yield "its page does not say that it was done"
    if act.verb is not None:
        yield from _verb_faults(act, act.verb)


def _verb_faults(act: Act[Any], verb: Verb) -> Iterable[str]:
    if not verb.text or (verb.many is not None and not verb.many_text):
        yield "the contract says nothing of its verb"
    takes = {f.name: f for f in fields(act.input)}
    needs = {n for n, f in takes.items() if f.default is MISSING and f.default_factory is MISSING}
    for shape, more in ((verb.shape, set()), (verb.many, {"assets"})):
        if shape is None:
            continue
        body: dict[str, Any] = dict(shape().fields)
        if verb.own and shape is verb.many:
            pair = body.pop("rows", None)
            body |= pair.child.fields if pair else {}
            more = {"asset"}
        if unknown := body.keys() - takes.keys() - more:
            yield f"its body has {sorted(unknown)}, its input has not"
        if missing := needs - {n for n, f in body.items() if f.required}:
            yield f"its input needs {sorted(missing)}, its body does not"
