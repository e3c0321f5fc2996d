"""What whoever brings a roster may do with the people of its rows: told before it is applied."""

from collections.abc import Collection

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.access import SYSTEM, Actor, may
from integrations.kinds.base import lower_in
from integrations.kinds.people.row import PersonPlan
from people.models import Person, School
from people.rules.places import is_new_there, school_problems

CHANGE = "people.change_person"


class Rights:
    """Of the people of a batch. `new`: ids of nobody whom they see."""

    def __init__(self, new: Collection[str], by: Actor) -> None:
        self.by = by
        self._schools: dict[int, bool] = {}
        # Of what somebody may do nowhere they need not be told more.
        ids = new if may(by, CHANGE) else ()
        rows = Person.objects.visible_to(SYSTEM).annotate(key=Lower("local_id"))
        found = rows.filter(lower_in("local_id", ids)) if ids else ()
        self.elsewhere = {p.local_id.lower() for p in found}

    def may_bring(self, plan: PersonPlan, school: School) -> bool:
        """Whether somebody new may come into a school under the row's id; else refuses the row."""
        if not self._in(school):
            plan.refuse("school", _("Your role does not allow you to add people in this school."))
            return False
        if (plan.values.local_id or "").lower() in self.elsewhere:
            plan.refuse("local_id", _("Somebody of another school has this id."))
            return False
        return self._goes(plan, school)

    def may_change(self, plan: PersonPlan, person: Person, school: School) -> None:
        """Refuses the row of somebody who is not theirs to change, or not into that school."""
        if not self._in(school) or not may(self.by, CHANGE, person):
            plan.refuse(
                "school", _("Your role does not allow you to change people of this school.")
            )
        elif is_new_there(person, school, plan.values.active):
            self._goes(plan, school)

    @staticmethod
    def _goes(plan: PersonPlan, school: School) -> bool:
        for problem in school_problems(school):
            plan.refuse("school", problem.message)
        return school.active

    def _in(self, school: School) -> bool:
        if school.pk not in self._schools:
            self._schools[school.pk] = may(self.by, CHANGE, school)
        return self._schools[school.pk]
