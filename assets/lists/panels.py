"""What assets add to the pages of people and places, and to the front page."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from assets.custody.held import gave_back, held_now, held_then
from assets.lists.past import as_they_stood
from assets.lists.queues import QUEUES, not_verified
from assets.lists.waiting import counted, untagged
from assets.models import Asset, Category, Status
from assets.models.asset import AssetQuerySet
from assets.models.status import CLOSED
from assets.scan.modes import modes_of
from core.access import scope_of
from core.time import days
from core.web.asked import day_asked
from funding import reach
from funding.models import Award, Purchase, Unit
from people.models import Membership, Person, Room, School
from people.web import HouseRequest

SHOWN = 50


def _panel(
    request: HouseRequest,
    rows: AssetQuerySet,
    heading: str,
    more: str,
    *,
    with_holder: bool = False,
    day: date | None = None,
) -> dict[str, Any]:
    """A table of things, as they stood at the end of a day, perhaps with their holders, by name or
    pseudonym. `more` is the list of them all."""
    listed = rows.for_list().order_by("tag_order", "pk")[:SHOWN]
    assets, named = as_they_stood(listed, day, request.user)
    count = len(assets) if len(assets) < SHOWN else rows.count()
    more += f"&as_of={day.isoformat()}" if day else ""
    return {
        "assets": assets,
        "count": count,
        "heading": heading,
        "with_holder": with_holder,
        "query": f"?as_of={day.isoformat()}" if day else "",
        "named": named,
        "more": more if count > len(assets) else "",
    }


def _day(request: HouseRequest) -> date | None:
    """The past day that the page is asked for."""
    return day_asked(request.GET.get("on", ""), "on")


def of_person(request: HouseRequest, person: Person) -> dict[str, Any]:
    """What somebody holds now, or held at the end of the day `on`."""
    if day := _day(request):
        rows = held_then(person, days.end_of_day(day), request.user)
        heading = _("Held on %s") % day.strftime("%m/%d/%Y")
    else:
        rows, heading = held_now(person, request.user), _("Holds now")
    return _panel(request, rows, heading, f"{reverse('assets')}?holder={person.pk}", day=day)


def in_room(request: HouseRequest, room: Room) -> dict[str, Any]:
    """What is in a room now, or was at the end of the day `on`."""
    visible = Asset.objects.visible_to(request.user)
    if day := _day(request):
        rows = visible.in_room_on(room, days.end_of_day(day))
        heading = _("In this room on %s") % day.strftime("%m/%d/%Y")
    else:
        rows, heading = visible.filter(room=room), _("In this room")
    more = f"{reverse('assets')}?room={room.pk}"
    return _panel(request, rows, heading, more, with_holder=True, day=day)


def at_school(request: HouseRequest, school: School) -> dict[str, Any]:
    rows = Asset.objects.visible_to(request.user).active().filter(school=school)
    return _panel(request, rows, _("At this school"), f"{reverse('assets')}?school={school.pk}")


def of_purchase(request: HouseRequest, purchase: Purchase) -> dict[str, Any]:
    rows = Asset.objects.visible_to(request.user).filter(unit__line__purchase=purchase)
    more = f"{reverse('assets')}?purchase={purchase.pk}"
    return _panel(
        request, rows.filter(merged_into=None), _("Items of this purchase"), more, with_holder=True
    )


def of_award(request: HouseRequest, award: Award) -> dict[str, Any]:
    """Where the things are that an award pays for, by school, each number with its list."""
    scope = reach.of_award(scope_of(request.user, "funding.view_award"), award.pk)
    things = Asset.objects.visible_to(request.user).reached_by(scope).paid_by([award.pk])
    # All numbers from one look at what it pays for: an award may have paid for a million things.
    seen_late = Count("pk", filter=not_verified())
    counts: dict[int, dict[str, int]] = {}
    for school, status, n, late in (
        things.order_by().values_list("school", "status").annotate(Count("pk"), late=seen_late)
    ):
        of_school = counts.setdefault(school, {"all": 0, "not_verified": 0})
        of_school["all"] += n
        of_school[status] = n
        of_school["not_verified"] += late if status not in CLOSED else 0
    kinds = [
        (_("In use"), "status", "in_use"),
        (_("In stock"), "status", "in_stock"),
        (_("Missing"), "status", "missing"),
        (_("Lost"), "status", "lost"),
        (_("Stolen"), "status", "stolen"),
        (_("Disposed"), "status", "disposed"),
        (_("Not seen in 24 months"), "queue", "not_verified"),
    ]
    shown = [k for k in kinds if any(found.get(k[2]) for found in counts.values())]
    rows = [
        (
            school,
            counts[school.pk]["all"],
            [(name, value, counts[school.pk].get(value, 0)) for _label, name, value in shown],
        )
        for school in School.objects.filter(pk__in=counts).order_by("name")
    ]
    return {"award": award, "by_school": rows, "labels": [column[0] for column in shown]}


def on_home(request: HouseRequest, district: Any) -> dict[str, Any]:
    """Counts by status, and the queues that wait."""
    counts = counted(request.user)
    statuses = [(s.value, s.label, counts.statuses[s]) for s in Status if counts.statuses.get(s)]
    queues = [(name, label, counts.queues.get(name)) for name, label in QUEUES.items()]
    waiting: dict[str, Any] = {"n": 0, "oldest": None}
    if request.user.has_perm("funding.view_purchase"):
        waiting = untagged(request.user)
    modes = [mode for mode in modes_of(request.user) if mode[0] != "look"]
    begins = any(map(request.user.has_perm, ("people.change_school", "funding.change_award")))
    steps = _first_steps(request.user) if begins and not statuses else []
    return {
        "steps": steps,
        "statuses": statuses,
        "queues": [q for q in queues if q[2]],
        "modes": modes,
        "untagged": waiting,
    }


def _first_steps(by: Any) -> list[dict[str, Any]]:
    """What a new district does first, of that what somebody may; whether it was done; where that is
    done by hand and by file."""
    places, awards, purchases = (
        "people.change_school",
        "funding.change_award",
        "funding.change_purchase",
    )
    steps = (
        (
            places,
            _("Add your schools and their rooms"),
            School.objects.visible_to(by),
            ("school-new", _("New school"), True),
        ),
        (
            places,
            _("Bring in students and staff"),
            Person.objects.visible_to(by),
            ("person-new", _("New person"), True),
        ),
        (
            places,
            _("Choose the categories of items"),
            Category.objects.all(),
            ("catalog", _("Catalog"), False),
        ),
        (
            "people.change_user",
            _("Give your colleagues their roles"),
            Membership.objects.all()[1:],
            ("user-invite", _("Invite somebody"), False),
        ),
        (
            awards,
            _("Add the awards that pay for items"),
            Award.objects.visible_to(by),
            ("award-new", _("New award"), False),
        ),
        (
            purchases,
            _("Enter a purchase"),
            Purchase.objects.visible_to(by),
            ("purchase-new", _("New purchase"), False),
        ),
        (
            purchases,
            _("Receive what came, and say which awards pay for it"),
            Unit.objects.visible_to(by),
            ("purchases", _("Purchases"), False),
        ),
        (
            "assets.register_asset",
            _("Register what you have, and tag what you received"),
            Asset.objects.none(),
            ("asset-register", _("Register an asset"), True),
        ),
    )
    return [
        {"label": label, "done": rows.exists(), "url": reverse(url), "action": act, "file": file}
        for permission, label, rows, (url, act, file) in steps
        if by.has_perm(permission)
    ]


def held_before(request: HouseRequest, person: Person) -> dict[str, Any]:
    """What somebody gave back, the last first."""
    held = gave_back(person, request.user)
    rows = held.select_related("asset__product__category").order_by("-closed_at")
    return {"held": [] if request.GET.get("on") else rows[:SHOWN]}
