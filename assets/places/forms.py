"""What is typed to move a thing, or to say how it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.forms import RoomChoice, ScopedForm
from assets.life import LIFE, Edge
from assets.models import Status
from assets.models.status import BACK, CLOSED
from core.web.forms import DateField, HouseForm, ReasonField, offer


class MoveForm(ScopedForm):
    room = RoomChoice()
    on = DateField(label=_("On (empty: now)"), required=False)


class StatusForm(HouseForm):
    status = forms.ChoiceField(label=_("It becomes"), choices=())
    reason = ReasonField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offers what the life table lets the present status become, and of what is out (`out`)
        nothing that it becomes by being checked in; the action refuses the rest."""
        super().__init__(*args, **kwargs)
        now = Status(self.initial["status"])
        no = (*CLOSED, *BACK) if self.initial["out"] else CLOSED
        ways = [(s, s.label) for s, edge in LIFE[now].items() if edge is Edge.FREE and s not in no]
        offer(self, "status", [("", _("Choose…")), *ways])
