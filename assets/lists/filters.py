"""The one parsed filter that list, export, labels and counts share."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.http import QueryDict
from django.utils.translation import gettext as _

from assets.custody.held import by_name, told
from assets.lists.queues import NOT_THEN, OF_MONEY, QUEUES, queue_q, queue_then, queues_of
from assets.models import Asset, AssetSpan, Category, Condition, Status
from assets.models.asset import AssetQuerySet
from assets.models.keys import code_keys
from assets.models.status import CLOSED
from core.access import NAMES, MaybeActor, scope_of
from core.problems import Invalid, Problem, invalid_if
from core.time import days
from core.web.asked import day_asked, number_asked
from funding.models import Award, Purchase
from people.models import Person, Room, School

NAVIGATION = {"after", "before", "columns", "sort", "start", "sheet", "funding"}


def schools_of(by: MaybeActor) -> QuerySet[School]:
    """The schools that somebody sees, and those where things are that they see by an award."""
    seen, scope = School.objects.visible_to(by), scope_of(by, "assets.view_asset")
    if scope.everything or not scope.awards:
        return seen
    things = Asset.objects.reached_by(replace(scope, schools=frozenset()))
    here = Exists(seen.filter(pk=OuterRef("pk")))
    return School.objects.filter(here | Exists(things.filter(school=OuterRef("pk"))))


@dataclass
class AssetFilter:
    """What was asked for, checked. `as_of` lists the state at the end of a past day."""

    text: str = ""
    tag: str = ""
    school: School | None = None
    room: Room | None = None
    holder: Person | None = None
    category: Category | None = None
    award: Award | None = None
    purchase: Purchase | None = None
    status: str = ""
    condition: str = ""
    queue: str = ""
    as_of: date | None = None
    params: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, data: QueryDict, by: MaybeActor) -> "AssetFilter":
        """Raises Invalid with a sentence for each parameter that is unknown or wrong."""
        problems: list[Problem] = []
        made = cls()
        models: dict[str, Any] = {
            "school": schools_of(by),
            "room": Room.objects.visible_to(by),
            "holder": Person.objects.visible_to(by),
            "award": Award.objects.visible_to(by),
            "category": Category.objects.seen_by(by),
            "purchase": Purchase.objects.visible_to(by),
        }
        choices: dict[str, Any] = {
            "status": Status.values,
            "condition": Condition.values,
            "queue": queues_of(by),
        }
        for name, value in data.items():
            value = str(value).strip()
            if name in NAVIGATION or not value:
                continue
            made.params[name] = value
            if name in ("q", "tag"):
                setattr(made, {"q": "text"}.get(name, name), value[:100])
            elif name in models:
                found = models[name].filter(pk=number_asked(value) or 0).first()
                if found is None:
                    message = _("There is no such %(name)s, or it is not yours to see.")
                    problems.append(Problem("filter", message % {"name": name}, name))
                setattr(made, name, found)
            elif name in choices:
                if value not in choices[name]:
                    message = _("%(value)s is not one of the choices of %(name)s.")
                    problems.append(
                        Problem("filter", message % {"value": value, "name": name}, name)
                    )
                else:
                    setattr(made, name, value)
            elif name == "as_of":
                try:
                    made.as_of = day_asked(value, "as_of")
                except Invalid as error:
                    problems += error.problems
            else:
                message = _("There is no filter called %(name)s.")
                problems.append(Problem("unknown-parameter", message % {"name": name[:40]}, name))
        if made.queue in NOT_THEN and made.as_of and made.as_of < days.today():
            message = _(
                "What was waiting in the queue “%(queue)s” on a past day cannot be told: "
                "the register counts it for today alone. Leave out the day or the queue."
            )
            problems.append(
                Problem("queue-of-today", message % {"queue": QUEUES[made.queue]}, "queue")
            )
        invalid_if(problems)
        return made

    def apply(self, by: MaybeActor) -> AssetQuerySet:
        """The assets that match, among those visible to `by`: by a holder those whose people show
        to `by` by name."""
        rows = by_name(by) if self.holder else Asset.objects.visible_to(by)
        if self.award:  # what an award paid for is told where the award is seen
            mine = scope_of(by, "funding.view_award").of_award(self.award.pk)
            rows = rows.reached_by(mine)
            if self.as_of and mine.awards:  # as R1 tells it: what is another row's by now, too
                rows |= Asset.objects.filter(unit=None).exclude(merged_into=None)
        if self.queue in OF_MONEY:
            rows = rows.reached_by(scope_of(by, "funding.view_cost"))
        rows = self._at_the_end_of(self.as_of, rows, by) if self.as_of else self._today(rows)
        if self.category:
            rows = rows.filter(product__category=self.category)
        if self.tag:
            rows = rows.filter(tag_key__in=code_keys(self.tag))
        if self.text:
            called = Concat("product__make", Value(" "), "product__model")
            rows = rows.alias(called=called).filter(_found(self.text))
        return rows

    def _today(self, rows: AssetQuerySet) -> AssetQuerySet:
        rows = rows.filter(self._state(), queue_q(self.queue), merged_into=None)
        if self.award:
            rows = rows.paid_by([self.award.pk])
        if self.purchase:
            rows = rows.filter(unit__line__purchase=self.purchase)
        return rows

    def _at_the_end_of(self, day: date, rows: AssetQuerySet, by: MaybeActor) -> AssetQuerySet:
        """What was so then, with the money that hung on it then; two that are one now were two.
        Where it was and with whom is asked of those states alone that tell it to `by`."""
        at = days.end_of_day(day)
        spans = AssetSpan.objects.as_of(at)
        if self.award:
            spans = AssetSpan.objects.paid_by([self.award.pk], at)
        spans = spans.filter(self._state(), queue_then(self.queue, day))
        if self.holder:
            spans = told(spans, scope_of(by, NAMES))
        if self.room or self.school or self.queue == "unplaced":
            spans = told(spans, scope_of(by, "assets.view_asset"))
        if self.purchase:
            spans = spans.filter(unit__line__purchase=self.purchase)
        return rows.filter(pk__in=spans.values("asset"))

    def _state(self) -> Q:
        q = Q()
        for name in ("school", "room", "holder", "status", "condition"):
            if value := getattr(self, name):
                q &= Q(**{name: value})
        if self.queue and not self.status:  # nothing waits for a thing that is gone
            q &= ~Q(status__in=CLOSED)
        elif not self.status:
            q &= ~Q(status=Status.VOID)
        return q

    def sentence(self) -> str:
        """What is shown, as people would say it."""
        parts = [
            str(Status(self.status).label).lower() if self.status else "",
            self.category.name if self.category else "",
            _("in %s") % self.room if self.room else "",
            _("at %s") % self.school.name if self.school else "",
            _("with %s") % self.holder.name if self.holder else "",
            _("paid by %s") % self.award.name if self.award else "",
            _("bought with %s") % self.purchase.number if self.purchase else "",
            _("in condition %s") % Condition(self.condition).label if self.condition else "",
            str(QUEUES[self.queue]) if self.queue else "",
            _("with tag %s") % self.tag if self.tag else "",
            _("matching “%s”") % self.text if self.text else "",
            _("as of %s") % self.as_of.strftime("%m/%d/%Y") if self.as_of else "",
        ]
        said = [p for p in parts if p]
        return ", ".join(said) if said else _("everything in your schools")


def _found(text: str) -> Q:
    """What a person looks for: how a tag begins, how a serial begins or ends, make and model
    together (`called`), some of the description; capitals or not, also of letters with accents."""
    found = _holds("called", text) | _holds("description", text)
    for key in code_keys(text):
        found |= Q(tag_key__startswith=key) | Q(serial_key__startswith=key)
        found |= Q(serial_key__endswith=key)
    return found


def _holds(name: str, text: str) -> Q:
    """Whether a column holds these letters. What SQLite compares without regard to capitals is
    ASCII alone; its regular expressions are Python's."""
    if text.isascii() or connection.vendor != "sqlite":
        return Q(**{f"{name}__icontains": text})
    return Q(**{f"{name}__iregex": re.escape(text)})
