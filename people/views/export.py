"""The roster as a file, with the headings that an import reads by itself."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require
from core.files.tabular import csv_lines
from people.models import Person
from people.naming import named_in
from people.web import HouseRequest

AT_ONCE = 1000


@require_GET
@login_required
def person_export(request: HouseRequest) -> StreamingHttpResponse:
    """Everybody whom one may see, as a CSV: it comes back by an import without a change. Where
    people show as pseudonyms, only what the list shows of them leaves."""
    require(request.user, "people.view_person")
    people = (
        Person.objects.visible_to(request.user, "people.view_person")
        .filter(merged_into=None, erased_at=None)
        .select_related("school")
        .order_by("pk")
    )
    headings = [
        _("Local id"),
        _("First name"),
        _("Last name"),
        _("Student or staff"),
        _("School"),
        _("Grade"),
        _("Email"),
        _("Job title"),
        _("Active"),
    ]

    def lines() -> Iterator[list[Any]]:
        last = 0
        while batch := list(people.filter(pk__gt=last)[:AT_ONCE]):
            last = batch[-1].pk
            named = named_in(request.user, batch)
            for person in batch:
                yield _line(person, person.pk in named)

    response = StreamingHttpResponse(
        csv_lines(headings, lines()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


def _line(person: Person, named: bool) -> list[Any]:
    kind, school = person.get_kind_display(), person.school.code
    if not named:
        return ["", "", person.pseudonym, kind, school, person.grade, "", "", person.active]
    return [
        person.local_id,
        person.first_name,
        person.last_name,
        kind,
        school,
        person.grade,
        person.email,
        person.title,
        person.active,
    ]
