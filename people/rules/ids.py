"""Ids of people that read alike: 00123 and 123, or 123 in the wide digits of another keyboard."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.access import MaybeActor
from core.problems import Problem
from core.text.zeros import spelled
from people.models import Person
from people.naming import names_people
from people.rules.commands import command_problems

AT_ONCE = 5000  # keys of a query


class Entered(NamedTuple):
    """An id that is entered, whose it is, and whether somebody said that it is another's."""

    local_id: str
    name: str
    field: str
    another: bool = False


def plain_id(text: str) -> str:
    """An id as everybody types it: plain digits and letters, nothing that cannot be seen."""
    shown = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf"
    )
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in shown)
    return " ".join("".join(digits).split())


def alike(ids: Sequence[str]) -> Mapping[str, Person]:
    """For ids (lower case) that nobody has: who has one that differs by zeros alone."""
    others = spelled(ids)
    if not others:
        return {}
    found: dict[str, Person] = {}
    people = Person.objects.filter(merged_into=None, erased_at=None).select_related("school")
    keys = list(others)
    for start in range(0, len(keys), AT_ONCE):
        rows = people.annotate(key=Lower("local_id")).filter(key__in=keys[start : start + AT_ONCE])
        for person in rows:
            for mine in others[person.local_id.lower()]:
                found.setdefault(mine, person)
    return found


def id_problems(entered: Sequence[Entered], by: MaybeActor) -> Iterator[Problem]:
    """Why ids that are new here are not taken: another of them, or somebody's that is here, reads
    the same. Two people are never joined by that, and one is never made two unasked."""
    similar = alike([e.local_id.strip().lower() for e in entered if not e.another])
    numbers: dict[str, Entered] = {}
    for one in entered:
        yield from command_problems(one.local_id, one.field)
        twin = None if one.another else _twin(one, numbers)
        plain = plain_id(one.local_id)
        if plain != one.local_id.strip():
            there = Person.objects.filter(local_id__iexact=plain, merged_into=None).first()
            message = _("Write the id of %(name)s in plain digits and letters: %(id)s.")
            sentence = message % {"name": one.name, "id": plain}
            if there is not None:
                sentence += " " + _("%s has that id.") % shown(there, by)
            yield Problem("local-id-shape", sentence, one.field)
        elif person := similar.get(one.local_id.strip().lower()):
            yield Problem("local-id-alike", alike_sentence(one, person, by), one.field)
        elif twin is not None:
            whose = f"{twin.name} ({twin.local_id.strip()})"
            yield Problem("local-id-alike", _alike(one, whose), one.field)


def _twin(one: Entered, numbers: dict[str, Entered]) -> Entered | None:
    """Who is entered at the same time under the same number with more or fewer zeros."""
    key = one.local_id.strip()
    if not (key.isascii() and key.isdecimal()):
        return None
    there = numbers.setdefault(key.lstrip("0"), one)
    return there if there is not one else None


def alike_sentence(one: Entered, person: Person, by: MaybeActor) -> str:
    """Both of them, by name."""
    return _alike(one, shown(person, by))


def _alike(one: Entered, other: str) -> str:
    message = _(
        "%(id)s of %(name)s looks like the id of %(other)s: zeros may be lost. Correct it, "
        "or say that it is another person."
    )
    return message % {"id": one.local_id.strip(), "name": one.name, "other": other}


def shown(person: Person, by: MaybeActor) -> str:
    """Somebody with their id, where `by` may see them."""
    if not Person.objects.visible_to(by).filter(pk=person.pk).exists():
        return _("somebody of another school")
    name = person.called(names_people(by, person))
    return f"{name} ({person.local_id})" if names_people(by, person) else name
