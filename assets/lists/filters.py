"""The filters of things, and what a page was asked: list, export, labels and counts share them."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from assets.custody.held import by_name, told
from assets.lists.found import saying
from assets.lists.queues import NOT_THEN, OF_MONEY, QUEUES, queue_q, queue_then, queues_of
from assets.models import Asset, AssetSpan, Category, Condition, Status
from assets.models.asset import AssetQuerySet
from assets.models.keys import code_keys
from assets.models.status import CLOSED
from core.access import NAMES, MaybeActor, scope_of
from core.api.filters import Filters, QueryFilter
from core.api.parameters import DAY, ID, TEXT, choice, several
from core.db.letters import holds
from core.problems import Problem, invalid_if
from core.time import days
from core.web.asked import Day, Line, Row, Word, all_asked
from funding.models import Award, Purchase
from funding.reach import of_award
from people.models import Person, Room, School

NAVIGATION = {"after", "before", "columns", "sort", "start", "sheet", "funding"}


def schools_of(by: MaybeActor) -> QuerySet[School]:
    """The schools that somebody sees, and those where things are that they see by an award."""
    seen, scope = School.objects.visible_to(by), scope_of(by, "assets.view_asset")
    if scope.everything or not scope.along:
        return seen
    things = Asset.objects.reached_by(replace(scope, schools=frozenset()))
    here = Exists(seen.filter(pk=OuterRef("pk")))
    return School.objects.filter(here | Exists(things.filter(school=OuterRef("pk"))))


def _led_to(code: str) -> QuerySet[Any, Any]:
    """The asset that a code leads to: its tag, an old tag, a merged asset's tag, an alias."""
    keys = code_keys(code)
    found = Asset.objects.filter(Q(tag_key__in=keys, merged_into=None) | Q(codes__key__in=keys))
    return found.values("pk")


def _paid(rows: AssetQuerySet, award: Award | int) -> AssetQuerySet:
    """What an award pays for today."""
    return rows.paid_by([award.pk if isinstance(award, Award) else award])


def _waiting(rows: AssetQuerySet, queue: str) -> AssetQuerySet:
    return rows.filter(queue_q(queue))


def _saying(rows: AssetQuerySet, text: str) -> AssetQuerySet:
    """What the search of every page finds, and what has the text in its description."""
    return rows.filter(saying(text) | holds("description", text))


STATUS, CONDITION = choice(Status.values), [c for c in Condition.choices if c[0]]


class AssetFilters(Filters):
    """What a list of things is asked, by programs and by pages."""

    code = QueryFilter(TEXT, "pk", "in", change=_led_to)
    tag = QueryFilter(TEXT, "tag_key", "in", change=code_keys, page=Line())
    serial = QueryFilter(TEXT, "serial_key", "in", change=code_keys)
    school = QueryFilter(ID, "school", page=Row(schools_of))
    school__in = QueryFilter(several(ID), "school", "in")
    status = QueryFilter(STATUS, "status", page=Word(lambda by: Status.choices))
    status__in = QueryFilter(several(STATUS), "status", "in")
    room = QueryFilter(ID, "room", page=Row(Room.objects.visible_to))
    holder = QueryFilter(ID, "holder", page=Row(Person.objects.visible_to))
    product = QueryFilter(ID, "product")
    award = QueryFilter(ID, _paid, page=Row(Award.objects.visible_to))
    category = QueryFilter(ID, "product__category", page=Row(Category.objects.seen_by))
    acquired_on__gte = QueryFilter(DAY, "acquired_on", "gte")
    last_verified_on__lt = QueryFilter(DAY, "last_verified_on", "lt")
    id__in = QueryFilter(several(ID), "pk", "in")
    q = QueryFilter(None, _saying, page=Line())
    condition = QueryFilter(None, "condition", page=Word(lambda by: CONDITION))
    purchase = QueryFilter(None, "unit__line__purchase", page=Row(Purchase.objects.visible_to))
    queue = QueryFilter(None, _waiting, page=Word(lambda by: queues_of(by).items()))


#: What a state tells under the same names, so that a past day is asked by the same filters.
OF_STATES = ("school", "room", "holder", "status", "condition", "purchase")


@dataclass
class AssetFilter:
    """What a page was asked, checked. `as_of` lists the state at the end of a past day."""

    q: str = ""
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
        said = {name: str(text).strip() for name, text in data.items() if name not in NAVIGATION}
        params = {name: text for name, text in said.items() if text}
        readers = {**AssetFilters.readers(), "as_of": Day()}
        values, problems = all_asked(params, readers, by)
        made = cls(**values, params=params)
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
            mine = of_award(scope_of(by, "funding.view_award"), self.award.pk)
            rows = rows.reached_by(mine)
            if self.as_of and mine.along:  # as R1 tells it: what is another row's by now, too
                rows |= Asset.objects.filter(unit=None).exclude(merged_into=None)
        if self.queue in OF_MONEY:
            rows = rows.reached_by(scope_of(by, "funding.view_cost"))
        rows = self._at_the_end_of(self.as_of, rows, by) if self.as_of else self._today(rows)
        return AssetFilters.applied(self._asked("category", "tag", "q"), rows)

    def _today(self, rows: AssetQuerySet) -> AssetQuerySet:
        rows = rows.filter(self._there(), merged_into=None)
        return AssetFilters.applied(self._asked(*OF_STATES, "queue", "award"), rows)

    def _at_the_end_of(self, day: date, rows: AssetQuerySet, by: MaybeActor) -> AssetQuerySet:
        """What was so then, with the money that hung on it then; two that are one now were two.
        Where it was and with whom is asked of those states alone that tell it to `by`."""
        at = days.end_of_day(day)
        spans = AssetSpan.objects.as_of(at)
        if self.award:
            spans = AssetSpan.objects.paid_by([self.award.pk], at)
        spans = spans.filter(self._there(), queue_then(self.queue, day))
        spans = AssetFilters.applied(self._asked(*OF_STATES), spans)
        if self.holder:
            spans = told(spans, scope_of(by, NAMES))
        if self.room or self.school or self.queue == "unplaced":
            spans = told(spans, scope_of(by, "assets.view_asset"))
        return rows.filter(pk__in=spans.values("asset"))

    def _asked(self, *names: str) -> dict[str, Any]:
        return {name: value for name in names if (value := getattr(self, name))}

    def _there(self) -> Q:
        """What is gone, or never was, is listed where its status is asked for."""
        if self.status:
            return Q()
        # nothing waits for a thing that is gone
        return ~Q(status__in=CLOSED) if self.queue else ~Q(status=Status.VOID)

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
            _("matching “%s”") % self.q if self.q else "",
            _("as of %s") % self.as_of.strftime("%m/%d/%Y") if self.as_of else "",
        ]
        said = [p for p in parts if p]
        return ", ".join(said) if said else _("everything in your schools")
