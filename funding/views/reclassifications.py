"""What a second person is asked to decide: other awards for units."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from core.db.paging import paginate
from core.problems import ProblemError
from core.time import days
from funding import actions
from funding.forms import DecisionForm
from funding.models import Reclassification
from funding.panels import approvals_of, awards_named, groups_of
from funding.rules.approvals import APPROVE, deciders, decision_problems
from people.web import HouseRequest


@require_GET
@login_required
def reclassification_list(request: HouseRequest) -> HttpResponse:
    """Every request, the newest first."""
    require(request.user, "funding.change_share")
    rows = Reclassification.objects.visible_to(request.user).select_related("line__purchase")
    page = paginate(rows, ["-id"], after=request.GET.get("after"), before=request.GET.get("before"))
    approvals = approvals_of(page.rows)
    context = {"page": page, "rows": [(row, approvals[row.pk]) for row in page.rows]}
    return render(request, "funding/reclassifications.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def reclassification(request: HouseRequest, pk: int) -> HttpResponse:
    """The whole proposal, old -> new, and the decision."""
    rows = Reclassification.objects.visible_to(request.user).select_related("line__purchase")
    row = rows.get(pk=pk)
    require(request.user, "funding.change_share")
    by = request.user
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if "withdraw" in request.POST:
                actions.withdraw(row, by=by)
                messages.success(request, _("The request is withdrawn."))
            else:
                require(request.user, APPROVE)
                approve = "approve" in request.POST
                actions.decide(row, by=by, approve=approve, reason=form.cleaned_data["reason"])
                messages.success(request, _("Approved and done.") if approve else _("Rejected."))
        except ProblemError as error:
            form.take(error)
        else:
            return redirect("reclassification", pk=pk)
    approval, today = row.approval, days.today()
    may = request.user.has_perm(APPROVE)
    context = {
        "row": row,
        "approval": approval,
        "form": form,
        "names": awards_named(row),
        "groups": groups_of(row),
        "mine": approval.asked_by_id == by.pk,
        "why_not": list(decision_problems(approval, by, today)) if may else [],
        "may_decide": may,
        "others": deciders(approval.asked_by, approval.asked_at, today),
        "may_invite": request.user.has_perm("people.change_user"),
    }
    return render(request, "funding/reclassification.html", context)
