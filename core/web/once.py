"""A page that adds: what is sent twice from one shown form is recorded once. It is REST's
Idempotency-Key, made by the page."""

import hashlib
import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Self

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.models import IdempotencyKey
from core.problems import Problem, Refused
from core.time import days

ONCE = "once"
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
#: Before the key of a form. No Idempotency-Key has a space.
_FORM = "form "
P = ParamSpec("P")
Given = Callable[Concatenate[Any, P], HttpResponse]


def new_key() -> str:
    """A key for a form that is about to be shown."""
    return secrets.token_urlsafe(16)


def too_old() -> Problem:
    """Why a form without a key is not taken: sent twice, nobody would know."""
    message = _("This page was opened too long ago. Look again, and send it once more.")
    return Problem("no-form-key", message)


class OnceMixin(forms.Form):
    """With `adds()` what the form asks is done once, however often it is sent."""

    def adds(self) -> Self:
        """Say that the form adds something, and nothing natural makes the second of it fail. Its
        page is decorated with `adds`, too."""
        key = forms.CharField(
            required=False,
            max_length=64,
            # A browser that remembers fields would bring back one that was sent.
            widget=forms.HiddenInput(attrs={"autocomplete": "off", "id": False}),
            initial=new_key,
        )
        self.fields[ONCE] = key
        return self

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, which its stubs leave out
        if ONCE not in self.fields:
            return
        if not _KEY.fullmatch(self.cleaned_data.pop(ONCE, "")):
            problem = too_old()
            self.add_error(None, ValidationError(problem.message, code=problem.code))
            data: Any = self.data
            data = data.copy()
            data[self.add_prefix(ONCE)] = new_key()
            self.data = data


def key_of(request: HttpRequest) -> str:
    """The key of the form that was sent; blank for none."""
    key = request.POST.get(ONCE, "")
    return key if _KEY.fullmatch(key) else ""


def shown_once(response: HttpResponse, at: str) -> HttpResponse:
    """An answer that says what was made, and shows something of it that nobody is shown again.
    `at`: where whoever sends the form again is led."""
    response.made_at = at  # type: ignore[attr-defined]  # for `adds`
    return response


def adds(view: Given[P]) -> Given[P]:
    """A page that adds. What its form sends again under the same key is answered like the first
    time: led to what that made, and told so."""

    @wraps(view)
    def once(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" or not (key := key_of(request)):
            return view(request, *args, **kwargs)
        digest = _digest(request)  # before the transaction: nobody waits while a file is read
        with transaction.atomic():
            # A button pressed twice: the second waits for the first's row, and is then led on.
            row, created = IdempotencyKey.objects.get_or_create(
                user_id=request.user.pk,
                key=_FORM + key,
                defaults={"request_hash": digest, "created_at": days.now()},
            )
            if not created:
                row = IdempotencyKey.objects.select_for_update().get(pk=row.pk)
                return _again(request, row, digest)
            response = view(request, *args, **kwargs)
            hidden = getattr(response, "made_at", "")
            if to := hidden or response.get("Location"):
                row.status, row.body = 302, {"to": to, "hidden": bool(hidden)}
                row.save(update_fields=["status", "body"])
            else:
                row.delete()  # nothing was done: mended, it is sent again
        return response

    once.adds = True  # type: ignore[attr-defined]  # each page that takes a form is looked at
    return once


def _digest(request: HttpRequest) -> str:
    """Of what was sent, and where to."""
    sent = [(n, v) for n, v in request.POST.lists() if n not in (ONCE, "csrfmiddlewaretoken")]
    files = [(n, [(f.name, _content(f)) for f in found]) for n, found in request.FILES.lists()]
    return hashlib.sha256(repr((request.path, sorted(sent), sorted(files))).encode()).hexdigest()


def _content(file: "UploadedFile[Any]") -> str:
    """Of what a file holds: mended it may have the same name and size. Read piece by piece, and
    left for the view to read from its beginning."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _again(request: HttpRequest, row: IdempotencyKey, digest: str) -> HttpResponse:
    if row.request_hash != digest:
        message = _(
            "What this page asked was recorded a moment ago. What you sent from it now is "
            "something else, and is not recorded: open the page anew for that."
        )
        raise Refused(Problem("form-used", message))
    made: Any = row.body
    if made["hidden"]:
        message = _(
            "This was made a moment ago, and not once more. What is shown only once was shown "
            "then: where it did not reach you, make another and end this one."
        )
    else:
        message = _("This was recorded a moment ago. It was not recorded once more.")
    messages.info(request, message)
    return redirect(made["to"])
