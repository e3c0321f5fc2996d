"""Awards: the list, an award with what it paid for, dated parameters."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require, scope_of
from core.journal import sentences
from core.models import DistrictSetting
from core.problems import ProblemError
from core.time import days
from core.web.once import adds
from funding import actions, history
from funding.forms import (
    AwardEditForm,
    AwardForm,
    CapitalizationForm,
    ParameterForm,
    ProgramForm,
    SecondPersonForm,
)
from funding.models import Award, CapitalizationLevel, Parameter, Program, UnitShare
from funding.panels import part_of, sees_amounts, with_spending
from funding.rules.approvals import keeps_program, program_kept
from funding.rules.limits import FROM_AMOUNT
from funding.rules.text import Texts
from funding.things import paid_things
from people.actions.district import set_setting
from people.web import HouseRequest


@require_GET
@login_required
def award_list(request: HouseRequest) -> HttpResponse:
    require(request.user, "funding.view_award")
    awards = list(with_spending(request.user))
    context = {
        "awards": awards,
        "may_change": request.user.has_perm("funding.change_award"),
        "see_money": sees_amounts(request.user, awards),
    }
    return render(request, "funding/awards.html", context)


def burn_down(award: Award) -> dict[str, Any]:
    """Awarded, shared in the register, and what is left."""
    shares = UnitShare.objects.paid_by([award.pk])
    paid = shares.aggregate(spent=Sum("amount"), units=Count("pk"))
    spent = paid["spent"] or Decimal(0)
    things = paid_things(award.pk)
    left = None if award.amount is None else award.amount - spent
    part = part_of(award, spent)
    return {
        "spent": spent,
        "things": things,
        "untagged": paid["units"] - things,
        "left": left,
        "part": part,
    }


def _dates(award: Award) -> list[tuple[str, date, int | None]]:
    """The award's dates in their order: of those until which something is to be done, with the days
    that are left."""
    begins = [
        (_("Initial federal award"), award.federal_award_on),
        (_("Costs allowable from"), award.allowable_from),
        (_("Period of performance from"), award.period_start),
    ]
    ends = [
        (_("Period of performance until"), award.period_end),
        (_("Obligate by"), award.obligate_by),
        (_("Liquidate by"), award.liquidate_by),
        (_("Final report"), award.final_report_on),
    ]
    today = days.today()
    dated: list[tuple[str, date, int | None]] = [(label, day, None) for label, day in begins if day]
    dated += [(label, day, (day - today).days) for label, day in ends if day]
    return sorted(dated, key=lambda row: row[1])


def _purchases(award: Award, by: Any) -> list[Any]:
    """The purchases that the award pays into: how many things, and how much of it."""
    standing = UnitShare.objects.paid_by([award.pk]).told(scope_of(by, "funding.view_award"))
    return list(
        standing.values(
            "unit__line__purchase",
            "unit__line__purchase__number",
            "unit__line__purchase__vendor__name",
            "unit__line__purchase__ordered_on",
        )
        .annotate(things=Count("pk"), amount=Sum("amount"))
        .order_by("-unit__line__purchase__ordered_on", "unit__line__purchase")[:200]
    )


def _history(award: Award, by: Any) -> list[sentences.Told]:
    # An award is the district's: what became of it is told to who sees the district's activity.
    if not scope_of(by, "core.view_activity").everything:
        return []
    return history.of_award(award, by)


@require_GET
@login_required
def award_detail(request: HouseRequest, pk: int) -> HttpResponse:
    award = Award.objects.visible_to(request.user).select_related("program").get(pk=pk)
    require(request.user, "funding.view_award", award)
    context = {
        "award": award,
        "text": Texts().of(award),
        "may_change": request.user.has_perm("funding.change_award"),
        "burn": burn_down(award) if sees_amounts(request.user, [award]) else None,
        "dates": _dates(award),
        "purchases": _purchases(award, request.user),
        "rows": _history(award, request.user),
    }
    return render(request, "funding/award.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def award_edit(request: HouseRequest, pk: int | None = None) -> HttpResponse:
    require(request.user, "funding.change_award")
    award = Award.objects.visible_to(request.user).get(pk=pk) if pk else None
    kind = AwardEditForm if award else AwardForm
    initial = {f: getattr(award, f) for f in kind.base_fields} if award else {}
    form = kind(request.POST or None, initial=initial)
    form = form.edits(award) if award else form.adds()
    if award and keeps_program(award):
        form.fields["program"].help_text = program_kept()
    if request.method == "POST" and form.is_valid():
        try:
            if award:
                award = actions.change_award(
                    award, by=request.user, version=award.version, **form.cleaned_data
                )
            else:
                award = actions.create_award(by=request.user, **form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            return redirect("award", pk=award.pk)
    title = _("Change award") if award else _("New award")
    context = {
        "form": form,
        "title": title,
        "back": reverse("award", args=[pk]) if pk else reverse("awards"),
    }
    return render(request, "components/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def programs(request: HouseRequest) -> HttpResponse:
    """The programs of money; whoever changes awards adds one."""
    require(request.user, "funding.view_award")
    form = ProgramForm(request.POST or None).adds()
    if request.method == "POST":
        require(request.user, "funding.change_award")
        if form.is_valid():
            try:
                actions.create_program(by=request.user, **form.cleaned_data)
            except ProblemError as error:
                form.take(error)
            else:
                return redirect("programs")
    context = {
        "form": form,
        "programs": Program.objects.all(),
        "may_change": request.user.has_perm("funding.change_award"),
    }
    return render(request, "funding/programs.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def parameters(request: HouseRequest) -> HttpResponse:
    """Thresholds and deadlines with their dates; the district's capitalization levels."""
    require(request.user, "funding.view_award")
    may = request.user.has_perm("funding.change_parameter")
    level = CapitalizationForm(request.POST if "level" in request.POST else None).adds()
    value = ParameterForm(request.POST if "parameter" in request.POST else None, by=request.user)
    second = SecondPersonForm(request.POST if "from_amount" in request.POST else None).adds()
    value.adds()
    if request.method == "POST":
        require(request.user, "funding.change_parameter")
        by = request.user
        if level.is_valid():
            actions.set_capitalization_level(by=by, **level.cleaned_data)
            return redirect("parameters")
        if value.is_valid():
            v = value.cleaned_data
            key, _bar, scope = v.pop("parameter").partition("|")
            try:
                actions.set_parameter(key, scope, v.pop("value"), by=by, **v)
            except ProblemError as error:
                value.take(error)
            else:
                return redirect("parameters")
        if second.is_valid():
            require(request.user, "core.change_district")
            amount, starts_on = second.cleaned_data["from_amount"], second.cleaned_data["starts_on"]
            set_setting(FROM_AMOUNT, str(amount), by=by, starts_on=starts_on)
            return redirect("parameters")
    settings = DistrictSetting.objects.filter(key=FROM_AMOUNT).order_by("starts_on")
    context = {
        "form": level,
        "value_form": value,
        "second_form": second,
        "may_change": may,
        "second": [(Decimal(row.value), row.starts_on) for row in settings],
        "parameters": Parameter.objects.seen_by(request.user)
        .select_related("program", "award")
        .order_by("key", "scope", "starts_on", "pk"),
        "levels": CapitalizationLevel.objects.order_by("asset_class", "starts_on"),
    }
    return render(request, "funding/parameters.html", context)
