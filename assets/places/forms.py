"""What is typed to move a thing, or to say how it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.forms import RoomChoice, ScopedForm
from assets.life import LIFE, Edge
from assets.models import Status
from assets.models.status import CLOSED
from core.web.forms import DateField, HouseForm, ReasonField, offer


class MoveForm(ScopedForm):
    room = RoomChoice()
    on = DateField(label=_("On (empty: now)"), required=False)


class StatusForm(HouseForm):
    status = forms.ChoiceField(label=_("It becomes"), choices=())
    reason = ReasonField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offers what the life table lets the present status become; the action refuses the
        rest."""
        super().__init__(*args, **kwargs)
        now = Status(self.initial["status"])
        ways = [
            (s, s.label) for s, edge in LIFE[now].items() if edge is Edge.FREE and s not in CLOSED
        ]
        offer(self, "status", [("", _("Choose…")), *ways])
