"""The words and names of a file: those that nobody knows, to make or to map once, and what the
others were taken for, to be looked at and changed."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.access import may, require
from core.web.asked import number_asked
from funding.eyes import UNKNOWN
from funding.models import Program
from integrations import actions, eyes
from integrations.actions.unknown import PERMISSIONS, creatable, known, words_of
from integrations.kinds.labels import label
from integrations.kinds.rows.unknown import Named, read_names
from integrations.models import ImportSession
from integrations.words import SILENT, fold, fold_name
from people.models import Room
from people.web import HouseRequest

SHOWN = 100  # names on the page at once
OFFERED = 500  # known things offered for one name
#: How it is known what a word means.
HOW = {
    "chosen": gettext_lazy("chosen for this file"),
    "remembered": gettext_lazy("remembered for this source"),
    "usual": gettext_lazy("as it is commonly used"),
    "yes or no": gettext_lazy("yes or no"),
}


def listed(session: ImportSession, by: Any) -> dict[str, Any]:
    """What the page shows: the first names with what each can become, and what others were taken
    for."""
    if session.state not in ("staged", "previewed") or not (session.unknown or session.words):
        return {}
    offers = _Offers(session, by)
    may_make = set(creatable(session, by))
    names = [(k, n) for k, found in read_names(session.unknown).items() for n in found.values()]
    programs = list(Program.objects.all()) if may(by, PERMISSIONS["award"]) else []
    mine = eyes.held(session.said.refused_eyes or UNKNOWN, by)
    refused = session.said.refused if mine else {}
    items = [
        {
            "kind": kind,
            "label": label(kind),
            "name": named.name,
            "count": named.count,
            "also": named.also,
            "creatable": (kind, named.name) in may_make,
            "offers": offers.of(kind, named),
            "programs": programs if kind == "award" else [],
            "why": refused.get(kind, {}).get(fold_name(kind, named.name), ""),
        }
        for kind, named in names[:SHOWN]
    ]
    return {
        "unknown": items,
        "creatable": len(may_make),
        "more": max(0, len(names) - SHOWN),
        "settled": _settled(session, offers),
    }


class _Offers:
    """What names can be mapped to: (value of the option, as people read it, whether proposed)."""

    def __init__(self, session: ImportSession, by: Any) -> None:
        self.session, self.by = session, by
        self.rows: dict[tuple[str, Any], list[tuple[str, str]]] = {}

    def of(self, kind: str, named: Named) -> list[tuple[str, str, bool]]:
        words = words_of(self.session, kind)
        if words is not None:
            proposed = words.proposal(named.name)
            return [
                (f"word:{key}", text if key == SILENT else _("it is %s") % text, key == proposed)
                for key, text in words.offered()
            ]
        near, school = fold(named.name), named.room.school if named.room is not None else None
        return [
            (value, _("it is %s") % text, kind != "room" and fold(text) == near)
            for value, text in self._known(kind, school)
        ]

    def _known(self, kind: str, school: int | None) -> list[tuple[str, str]]:
        key = (kind, school)
        if key not in self.rows:
            rows = known(kind, school, self.by)[:OFFERED]
            self.rows[key] = [(f"map:{row.pk}", str(row)) for row in rows]
        return self.rows[key]

    def text(self, kind: str, key: str) -> str:
        """What a word or name was taken for."""
        words = words_of(self.session, kind)
        if words is not None:
            return words.label(key) if words.allows(key) else key
        rows = Room.objects.visible_to(self.by) if kind == "room" else known(kind, None, self.by)
        return str(rows.filter(pk=key).first() or "–")


def _settled(session: ImportSession, offers: _Offers) -> list[dict[str, Any]]:
    """What words and names were taken for; numbered on after those that nobody knows."""
    names = [
        (kind, named, named.meaning)
        for kind, found in read_names(session.words).items()
        for named in found.values()
        if named.meaning is not None
    ]
    return [
        {
            "n": SHOWN + i,
            "kind": kind,
            "label": label(kind),
            "name": named.name,
            "count": named.count,
            "also": named.also,
            "how": HOW.get(meaning.how, meaning.how),
            "means": offers.text(kind, meaning.key),
            # What a room was taken for is of a school: it is asked for again.
            "offers": [] if kind == "room" else offers.of(kind, named),
            "ask": meaning.how in ("chosen", "remembered"),
        }
        for i, (kind, named, meaning) in enumerate(names[:SHOWN])
    ]


def _choices(data: QueryDict) -> Iterator[actions.Choice]:
    for i in range(2 * SHOWN):
        act, _colon, what = data.get(f"choice-{i}", "").partition(":")
        kind, name = data.get(f"kind-{i}", ""), data.get(f"name-{i}", "")
        if act == "word":
            yield actions.Choice(kind, name, act, word=what)
        elif act in ("create", "map", "ask"):
            yield actions.Choice(kind, name, act, number_asked(what))


@require_POST
@login_required
def import_unknown(request: HouseRequest, pk: int) -> HttpResponse:
    """Make or map what was chosen, or make everything that needs no more."""
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    by = request.user
    require(by, "integrations.import")
    seen = request.POST.get("plan")
    if "all" in request.POST:
        actions.create_unknown(session, by=by, seen=seen)
    else:
        actions.settle_unknown(session, list(_choices(request.POST)), by=by, seen=seen)
    return redirect("import", pk=pk)
