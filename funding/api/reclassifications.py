"""Reclassifications: asked of a second person, decided, withdrawn."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import MaybeActor
from core.api.idempotency import once
from core.api.resource import Resource
from core.api.shapes import Shape
from core.api.views import HouseView, detail, referred
from core.models import Approval
from core.problems import Invalid, Problem
from funding import actions
from funding.api import proposal_shapes as shapes
from funding.api.proposal_shapes import ReclassificationSerializer
from funding.api.purchases import line_of, share_drafts
from funding.models import Reclassification, Unit
from funding.models.reclassification import STEP


def told(by: MaybeActor) -> QuerySet[Reclassification]:
    """The reclassifications that one sees, with what their approvals say."""
    asked = Approval.objects.filter(
        subject_type=Reclassification._meta.label_lower, subject_id=OuterRef("pk"), step=STEP
    )
    of = {
        name: Subquery(asked.values(name)[:1])
        for name in ("asked_by", "decision", "decided_by", "decided_at")
    }
    of["withdrawn_at"] = Subquery(asked.values("taken_back_at")[:1])
    reason = Subquery(asked.values("reason")[:1])
    rows = Reclassification.objects.visible_to(by)
    return rows.annotate(decision_reason=reason, **of)


def _shown(request: Request, pk: int, status: int = 200) -> Response:
    """As it is by now."""
    return detail(request, told(request.user).get(pk=pk), ReclassificationSerializer, status)


class Nothing(Shape[Any]):
    """No body is needed."""


class Ask(HouseView):
    """Ask for one of a unit, or of a purchase's line."""

    permissions = {"POST": "funding.change_share"}

    @extend_schema(
        operation_id="askReclassification",
        request=shapes.ReclassificationInput,
        responses={201: ReclassificationSerializer},
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            v = self.body(request, shapes.ReclassificationInput)
            more = {"by": self.by(request), "reason": v["reason"], "at": v.get("at")}
            drafts = share_drafts(request, v["shares"])
            if "unit" in v and not {"purchase", "line"} & v.keys():
                unit = referred(Unit.objects.visible_to(request.user), v["unit"], "unit")
                row = actions.ask_unit(unit, drafts, **more)
            elif "unit" not in v and {"purchase", "line"} <= v.keys():
                line = line_of(request, v["purchase"], v["line"])
                row = actions.ask_line(line, drafts, rest=v.get("rest", False), **more)
            else:
                message = _("Name a unit, or a purchase and its line.")
                raise Invalid(Problem("unit-or-line", message, "unit"))
            return _shown(request, row.pk, 201)

        return once(request, do)


RECLASSIFICATIONS = Resource(
    name="Reclassification",
    plural="Reclassifications",
    about="What somebody asked for and a second person decides.",
    about_one="One of them.",
    shape=ReclassificationSerializer,
    rows=told,
    view="funding.change_share",
    scoped=False,
    new=Ask,
)


class Decide(HouseView):
    """Approve, and it is done at once, or reject. Never by who asked, never by a service
    account."""

    permissions = {"POST": "funding.approve_share"}

    @extend_schema(
        operation_id="decideReclassification",
        request=shapes.DecisionInput,
        responses=ReclassificationSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        row = told(request.user).get(pk=pk)
        self.check(request)

        def do() -> Response:
            v = self.body(request, shapes.DecisionInput)
            actions.decide(
                row,
                by=self.by(request),
                approve=v["decision"] == "approve",
                reason=v.get("reason", ""),
            )
            return _shown(request, pk)

        return once(request, do)


class Withdraw(HouseView):
    """Take one's own request back before anybody decided."""

    permissions = {"POST": "funding.change_share"}

    @extend_schema(
        operation_id="withdrawReclassification",
        request=Nothing,
        responses=ReclassificationSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        row = told(request.user).get(pk=pk)
        self.check(request)

        def do() -> Response:
            self.body(request, Nothing)
            actions.withdraw(row, by=self.by(request))
            return _shown(request, pk)

        return once(request, do)
