"""Whether a row of people is of somebody for the roster, and whether they are on it."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.time import days
from integrations.headings import words
from integrations.kinds.people.grades import read_grade
from integrations.kinds.people.questions import DEPARTED
from integrations.kinds.people.row import PersonPlan
from integrations.kinds.rows.beneath import ask_beneath
from integrations.words import LEFT_OUT


def stands(plan: PersonPlan, mapping: Mapping[str, str]) -> bool:
    """Whether the row is of somebody for the roster, and whether they are on it: where a file
    says it twice (status and enabledUser), both must say so. A day in the past on which they
    left says that they did; any other says nothing. `mapping`: heading -> field."""
    v = plan.values
    if v.kind == LEFT_OUT:
        plan.refuse("kind", _("Left out: neither a student nor staff."))
        return False
    said = {"active": v.active, "status": v.status, "enroll_status": v.enroll_status}
    if v.left_on is not None and v.left_on < days.today():
        said["left_on"] = False
    told = {name: here for name, here in said.items() if here is not None}
    if told:
        v.active = all(told.values())
    if told and not v.active and any(told.values()):
        cells = {
            field: f"{header}: {plan.row.raw.get(header, '')}" for header, field in mapping.items()
        }
        message = _("These contradict each other: %s. It is taken as not on the roster any more.")
        plan.warnings.append(message % "; ".join(cells[n][:100] for n in told if n in cells))
    read_grade(plan, mapping)
    _mail(plan)
    return True


def withdrawn(plan: PersonPlan, mapping: Mapping[str, str]) -> None:
    """Ask of a row beneath the name of a section of those who left."""
    fields = ("active", "status", "enroll_status", "left_on")
    if ask_beneath(plan, mapping, DEPARTED, *fields) == "left":
        plan.values.active = False


def own_words(mapping: dict[str, str], sample: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The mapping with what our export calls its column where the district has a word of its own
    for a student: "Learner or staff"."""
    if "kind" in mapping.values():
        return mapping
    headers = (h for raw in sample[:1] for h in raw if h not in mapping)
    return mapping | {h: "kind" for h in headers if words(h)[-2:] == ["or", "staff"]}


def _mail(plan: PersonPlan) -> None:
    """What the page of a person would refuse: nobody is found by it, and no question is asked of
    somebody else who has it."""
    if email := plan.values.email:
        try:
            validate_email(email)
        except ValidationError as error:
            plan.refuse("email", error.messages[0])
