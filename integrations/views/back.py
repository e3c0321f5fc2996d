"""What is refused leads back to the import, not to the first page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.problems import Invalid, Refused, Stale


def back_to_import(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of an import whose refusals are shown with a way back to it."""

    @wraps(view)
    def asked(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
        try:
            return view(request, pk, **rest)
        except (Refused, Invalid, Stale) as error:
            context = {"problems": error.problems, "back": reverse("import", args=[pk])}
            return render(request, "problem.html", context, status=error.status)

    return asked
