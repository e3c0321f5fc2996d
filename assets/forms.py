"""What is typed about assets: shape only; the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.models import Category, Product
from core.access import MaybeActor
from core.problems import ProblemError
from core.web.forms import HouseForm, offer
from core.web.kept import KeepingField
from people.choices import schools_in_use
from people.models import Room


class ScopedForm(HouseForm):
    """A form whose schools and rooms are those of the actor."""

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = Room.objects.visible_to(by).filter(active=True, school__active=True)
        rooms = rooms.select_related("school")
        doors: dict[str, Any] = {
            "school": schools_in_use(self, by),
            "room": rooms,
            "home_room": rooms,
            "product": Product.objects.filter(merged_into=None),
            "category": Category.objects.filter(active=True),
        }
        for name, rows in doors.items():
            if name in self.fields:
                offer(self, name, rows)
        self._keep(by)
        if "school" in self.fields and "school" not in self.initial:
            schools = list(doors["school"][:2])
            if len(schools) == 1:
                self.initial["school"] = schools[0]

    def _keep(self, by: MaybeActor) -> None:
        """A room that stands and is none of those (out of use since, of another school) is offered
        as what it is to the actor."""
        for name, field in self.fields.items():
            room = self.initial.get(name)
            if not (isinstance(field, RoomChoice) and isinstance(room, Room)):
                continue
            if field.queryset is None or field.queryset.filter(pk=room.pk).exists():
                continue
            if Room.objects.visible_to(by).filter(pk=room.pk).exists():
                field.keep(room, _("%s (out of use)") % field.label_of(room))
            else:
                field.keep(room, _("as it stands (a room of another school)"))


class AnotherMixin(HouseForm):
    """Asks, once a tag or a serial number that may be another thing's was refused, whether it is
    meant."""

    another = forms.BooleanField(
        label=_("It is another item than the one with the similar tag or serial number"),
        required=False,
        widget=forms.HiddenInput,
    )

    def take(self, error: ProblemError) -> None:
        super().take(error)
        if any(p.code in ("tag-alike", "serial-alike") for p in error.problems):
            self.fields["another"].widget = forms.CheckboxInput({"class": "form-check-input"})


class RoomChoice(KeepingField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Room"))
        super().__init__(queryset=Room.objects.none(), **kwargs)

    def label_of(self, row: Any) -> str:
        return f"{row.school.name} · {row}"
