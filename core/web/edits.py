"""A form that changes what stands: two desks may have it open, and neither writes back what the
other changed."""

import json
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.web.kept import KEPT

SEEN = "seen"


class EditsMixin(forms.Form):
    """With `edits()` the form remembers what it showed (in itself, by digests)."""

    def edits(self, subject: Model) -> Self:
        """Say that `initial` is what stands now of this row. Whoever sends the form is told what of
        it became another since they opened it, loses nothing, and saves again to mean it."""
        self._subject = f"{type(self).__name__} {subject._meta.label_lower} {subject.pk}"
        self.fields[SEEN] = forms.CharField(
            required=False, max_length=4000, widget=forms.HiddenInput, initial=self._standing()
        )
        return self

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # known to its tests, not to the stubs
        self._seen = _read(self.cleaned_data.pop(SEEN, ""))

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, which its stubs leave out
        if SEEN in self.fields:
            self._offer_what_stands()
            self._compare(self._seen)

    def _offer_what_stands(self) -> None:
        """Where what was chosen is no choice any more, the form is shown again with what stands:
        with nothing chosen, whoever saves it once more would take that away."""
        data: Any = self.data
        data = data.copy()
        for name, field in self.fields.items():
            if self.has_error(name, "invalid_choice"):
                _put(data, self.add_prefix(name), field, self.get_initial_for_field(field, name))
        self._sent, self.data = self.data, data

    def _left_alone(self, name: str, was: str) -> bool:
        """Whether a field was sent as it was shown, be that a choice any more or not."""
        if self._digest(name, self.cleaned_data.get(name)) == was:
            return True
        if not self.has_error(name):
            return False
        sent = self.fields[name].widget.value_from_datadict(
            self._sent, self.files, self.add_prefix(name)
        )
        # What stood and was no choice of theirs is sent by a word for whatever it is.
        return sent == KEPT or self._digest(name, sent) == was

    def _compare(self, seen: dict[str, str]) -> None:
        standing = self._standing()
        now = _read(standing)
        changed = [name for name, was in seen.items() if now.get(name, was) != was]
        if not changed:
            return
        message = _("Somebody changed this since you opened it. Look again and save what is right.")
        self.add_error(None, ValidationError(message, code="stale"))
        data: Any = self.data
        data = data.copy()
        for name in changed:
            field = self.fields[name]
            value = self.get_initial_for_field(field, name)
            if self._left_alone(name, seen[name]):
                # Saved again, it stays what it is now; nothing that they sent was wrong.
                self.errors.pop(name, None)
                _put(data, self.add_prefix(name), field, value)
                said = _("This was changed to what stands here.")
            else:
                said = _("Here stands now: %s") % _shown(field, value)
            self.add_error(name, ValidationError(said, code="stale"))
        data[self.add_prefix(SEEN)] = standing  # who saves it again has seen that
        self.data = data

    def _standing(self) -> str:
        """Digests of what the form shows, by field."""
        return json.dumps(
            {
                name: self._digest(name, self.get_initial_for_field(field, name))
                for name, field in self.fields.items()
                if name != SEEN
            }
        )

    def _digest(self, name: str, value: Any) -> str:
        """With our key, and of this field of this row alone: who may not know a value cannot find
        it by trying some, nor see that it is the one of another page."""
        plain = value.pk if isinstance(value, Model) else value
        text = json.dumps([self._subject, name, str(plain or "")])
        return salted_hmac("core.web.edits", text, algorithm="sha256").hexdigest()[:16]


def _read(text: str) -> dict[str, str]:
    """What a form says that it showed; nothing where it was tampered with."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _put(data: Any, name: str, field: forms.Field, value: Any) -> None:
    """A value as the form would send it."""
    sent = field.widget.format_value(field.prepare_value(value))
    if isinstance(field, forms.BooleanField):
        sent = "on" if value else None
    if isinstance(sent, list):  # what a list of choices shows as chosen
        data.setlist(name, sent)
    else:
        data[name] = "" if sent is None else sent


def _shown(field: forms.Field, value: Any) -> str:
    """A value as people read it."""
    if isinstance(field, forms.ModelChoiceField) and value:
        if not isinstance(value, Model):
            value = field.queryset.filter(pk=value).first() if field.queryset is not None else None
        value = field.label_from_instance(value) if value else None
    elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        value = dict(field.choices).get(value, value)  # type: ignore[arg-type]  # pairs, no groups
    elif isinstance(value, bool):
        value = _("yes") if value else _("no")
    return str(value) if value not in (None, "") else "–"
