"""Who a row of people is: an id that was merged away, or one that comes with another name."""

from collections.abc import Collection, Mapping

from django.db.models import Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from assets.models import AssetSpan, Status
from core.access import Actor
from integrations.kinds.people.questions import OTHER_ROLE, PERSON
from integrations.kinds.people.row import PersonPlan
from integrations.models import ImportSession, StagedRow
from integrations.words import ROLE, fold
from people.models import Person, School
from people.rules.identity import other_person
from people.rules.merging import merged_problems, who_stay


class Merged:
    """Whom the merged ids of a batch lead to."""

    def __init__(
        self, session: ImportSession, there: Mapping[str, Person], ids: Collection[str], by: Actor
    ) -> None:
        people = Person.objects.visible_to(by).select_related("school")
        self.stay = who_stay(there.values(), people)
        self.own = {i.lower() for i in ids}
        elsewhere = {p.local_id for p in self.stay.values()} - set(ids)
        header = next((h for h, f in session.mapping.items() if f == "local_id"), None)
        if elsewhere and header is not None:
            rows = StagedRow.objects.filter(session=session, left_out=False, blanked=False)
            code = Cast(KeyTextTransform(header, "raw"), TextField())  # no JSON: 991002 is a text
            rows = rows.annotate(code=code).filter(code__in=elsewhere)
            self.own |= {i.lower() for i in rows.values_list("code", flat=True)}

    def leads_to(self, plan: PersonPlan, person: Person, seen: dict[str, int]) -> Person | None:
        """The person who stayed; None, and the row refused, where the file says of them itself
        what is so, or where they are not to be seen."""
        stays = self.stay.get(person.pk)
        if stays is None:
            plan.refuse(
                "local_id", _("This id was merged with that of somebody of another school.")
            )
            return None
        key = stays.local_id.lower()
        words = {"id": person.local_id, "other": stays.local_id}
        if key in self.own or key in seen:
            message = _(
                "%(id)s was merged with %(other)s, who stands in this file too: leave it out."
            )
            plan.refuse("local_id", message % words)
            return None
        seen[key] = plan.row.number
        plan.warnings.append(_("%(id)s was merged with %(other)s: the row means them.") % words)
        return stays


def twin(plan: PersonPlan, local_id: str, seen: dict[str, tuple[int, str, str]]) -> bool:
    """Refuses the second of two new ids of one file that differ by zeros alone: they may be
    one person."""
    if not (local_id.isascii() and local_id.isdecimal()):
        return False
    number, name = local_id.lstrip("0"), plan.values.called
    if number in seen:
        row, other_id, other = seen[number]
        sentence = _(
            "%(id)s of %(name)s looks like %(other_id)s of %(other)s in row %(row)s: "
            "zeros may be lost. Correct it; another person is entered on the page."
        )
        plan.refuse(
            "local_id",
            sentence
            % {
                "id": local_id,
                "name": name,
                "other_id": other_id,
                "other": other,
                "row": row,
            },
        )
        return True
    seen[number] = (plan.row.number, local_id, name)
    return False


def still_asked(plan: PersonPlan, person: Person, school: School) -> bool:
    """Whether the row waits until somebody says that the id is still the same person's."""
    v = plan.values
    other = other_person(v, person, school, _says_student)
    if other is None:
        return False
    message = _(
        "%(id)s is %(here)s here and %(told)s in this file. Where the id was given to somebody "
        "else, correct one of the two; else say that they are one."
    )
    choice = plan.ask(
        OTHER_ROLE if other.kind == "role" else PERSON,
        "local_id",
        message % {"id": person.local_id, "here": other.here, "told": other.told},
        *(person.pk, v.first_name, v.last_name, other.here, other.told),
    )
    if choice == "keep":
        v.first_name = v.last_name = None
        if other.kind == "role":
            v.kind = v.grade = v.title = None
    return not choice


def _says_student(title: str) -> bool:
    meant = ROLE.known().get(fold(title))
    return meant is not None and meant.key == Person.Kind.STUDENT


def merged_since(person: Person, *, new: bool) -> str:
    """Why a row of somebody is not undone: they were merged since (`new`: the row brought them
    in, and whoever was merged into them would go with them)."""
    if any(merged_problems(person)) or (new and Person.objects.filter(merged_into=person).exists()):
        return _("%s was merged since: undo the merge first.") % person.local_id
    return ""


def things_since(person: Person) -> str:
    """Why whom a row brought in is not forgotten by its undo: they had something since, as known
    now. What an undone import said of them counts no more."""
    named = AssetSpan.objects.known().filter(Q(holder=person) | Q(person=person))
    if named.exclude(status=Status.VOID).exists():
        return _("%s had items since: erase them on their page.") % person.local_id
    return ""
