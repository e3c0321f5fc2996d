"""A choice among less than what may stand: what stands is offered too, and stays where nobody
touches it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import ModelChoiceIterator
from django.utils.functional import Promise

#: What the choice of what stands sends: its key may not be the reader's to know.
KEPT = "kept"


class _WithKept(ModelChoiceIterator):  # type: ignore[type-arg]  # takes none when it runs
    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        choices = super().__iter__()
        if field.kept is None:
            yield from choices
            return
        if field.empty_label is not None:
            yield next(choices)
        yield (KEPT, field.kept_label)
        yield from choices


class KeepingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    """A choice that goes on offering what stands, with `keep`, though it is none of the rows."""

    iterator = _WithKept
    kept: Model | None = None
    kept_label = ""

    def keep(self, row: Model, label: str | Promise) -> None:
        """Offer this row, which stands, under a label that the reader may read."""
        self.kept, self.kept_label = row, str(label)
        self.widget.choices = self.choices

    def prepare_value(self, value: Any) -> Any:
        return KEPT if self._is_kept(value) else super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        # Also the key itself: it was among the rows when the form was opened.
        return self.kept if self._is_kept(value) else super().to_python(value)

    def label_from_instance(self, obj: Any) -> str:
        return self.kept_label if self._is_kept(obj) else self.label_of(obj)

    def label_of(self, row: Any) -> str:
        """How a row that is offered reads."""
        return str(row)

    def _is_kept(self, value: Any) -> bool:
        if self.kept is None:
            return False
        key = value.pk if isinstance(value, Model) else value
        return str(key) in (KEPT, str(self.kept.pk))
