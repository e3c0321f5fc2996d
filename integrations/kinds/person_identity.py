"""Who a row of people is: an id that was merged away, or one that comes with another name."""

from collections.abc import Collection, Mapping

from django.db.models import TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from core.access import Actor
from integrations.kinds.person_row import PersonPlan
from integrations.models import ImportSession, StagedRow
from integrations.words.folding import bare
from people.models import Person
from people.rules.merging import merged_problems, who_stay

#: Words of names that are no name.
PARTICLES = {
    "al",
    "ap",
    "bin",
    "da",
    "de",
    "del",
    "della",
    "der",
    "di",
    "do",
    "dos",
    "du",
    "el",
    "ii",
    "iii",
    "iv",
    "jr",
    "la",
    "le",
    "sr",
    "st",
    "van",
    "von",
}


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


def another_name(plan: PersonPlan, person: Person) -> bool:
    """Whether the row waits until somebody says that the id is still the same person's. A last name
    changes, and a first name has its short form; where both are others, the id may have been given
    to somebody else, who would get the loans and the history of the first."""
    v = plan.values
    here = [person.first_name, person.last_name]
    told = [v.first_name or "", v.last_name or ""]
    if not all([*here, *told]):
        return False
    if _short_form(here[0], told[0]) or any(map(_alike, here, told)):
        return False
    message = _(
        "%(id)s is %(here)s here and %(told)s in this file. Where the id was given to somebody "
        "else, correct one of the two; else say that they are one."
    )
    words = {"id": person.local_id, "here": " ".join(here), "told": " ".join(told)}
    choice = plan.ask("person", "local_id", message % words)
    if choice == "keep":
        v.first_name = v.last_name = None
    return not choice


def _alike(one: str, other: str) -> bool:
    """Whether two names may be one: the same but for case, accents and signs, or with a word in
    common (Garcia, Garcia-Lopez) that says more than "de" or "Jr."."""
    a, b = _words(one), _words(other)
    return a == b or "".join(a) == "".join(b) or bool((set(a) & set(b)) - PARTICLES)


def _short_form(one: str, other: str) -> bool:
    """Whether a first name begins as the other: Sam, Samuel."""
    short, long = sorted(("".join(_words(one)), "".join(_words(other))), key=len)
    return len(short) > 1 and long.startswith(short)


def _words(name: str) -> list[str]:
    """A name's words; what is no letter parts them, but for the sign within O'Neil."""
    text = bare(name).replace("'", "").replace("’", "").replace("ʼ", "")
    return "".join(c if c.isalnum() else " " for c in text).split()


def merged_since(person: Person, *, new: bool) -> str:
    """Why a row of somebody is not undone: they were merged since (`new`: the row brought them
    in, and whoever was merged into them would go with them)."""
    if any(merged_problems(person)) or (new and Person.objects.filter(merged_into=person).exists()):
        return _("%s was merged since: undo the merge first.") % person.local_id
    return ""
