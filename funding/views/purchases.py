"""Purchases: ordered, received, tagged, and which award pays."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, DecimalField, Exists, Min, OuterRef, Q, Subquery, Sum, Value
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import MaybeActor, require, scope_of
from core.db.paging import paginate
from core.problems import ProblemError
from core.time import days
from core.web.asked import known_asked
from core.web.once import adds
from funding import actions, history, money, whole
from funding.actions import LineDraft
from funding.filters import PurchaseFilters
from funding.forms import PurchaseEditForm, PurchaseForm, ReceiveForm, VendorForm
from funding.models import Purchase, Unit, UnitShare, Vendor
from funding.rules.credits import borne
from funding.rules.totals import total_of
from funding.things import tagged
from funding.views.lines import form_page
from people.web import HouseRequest

#: Units on a purchase's page that wait for a cost or an award.
WAITING = 50
HALF_A_CENT = Decimal("0.005")


@require_GET
@login_required
def purchase_list(request: HouseRequest) -> HttpResponse:
    require(request.user, "funding.view_purchase")
    rows = Purchase.objects.visible_to(request.user).select_related("vendor")
    asked = known_asked(request.GET, PurchaseFilters.readers(), request.user)
    rows = PurchaseFilters.applied(asked, rows)
    page = paginate(rows, ["-id"], after=request.GET.get("after"), before=request.GET.get("before"))
    seen = money.lines_seen([p.pk for p in page.rows], request.user)
    sums = {
        row["purchase"]: row
        for row in seen.order_by()
        .values("purchase")
        .annotate(
            lines=Count("pk"),
            what=Min("description"),
            quantity=Sum("quantity"),
            amount=Sum("amount"),
        )
    }
    amounts: dict[Any, Any] = {pk: row["amount"] for pk, row in sums.items()}
    if not scope_of(request.user, money.COST).everything:
        amounts = money.of_purchases([p.pk for p in page.rows], request.user)
    context = {
        "page": page,
        "rows": [(p, sums.get(p.pk), amounts.get(p.pk)) for p in page.rows],
        "q": asked.get("q", ""),
        "may_change": request.user.has_perm("funding.change_purchase"),
        "see_money": bool(amounts),
    }
    return render(request, "funding/purchases.html", context)


@require_GET
@login_required
def purchase_detail(request: HouseRequest, pk: int) -> HttpResponse:
    purchase = Purchase.objects.visible_to(request.user).select_related("vendor").get(pk=pk)
    require(request.user, "funding.view_purchase", purchase)
    lines = []
    rows = list(money.lines_seen([purchase.pk], request.user))
    amounts = money.money_of_lines(rows, request.user)
    seen = Unit.objects.visible_to(request.user).filter(voided_at=None)
    every = list(purchase.lines.all())
    costs = borne(every)
    known = any(cost is not None for cost in costs.values())
    # What others pay shows in the total, and in what a line bears.
    whole_cost = scope_of(request.user, money.COST).everything
    for line in rows:
        units = list(seen.filter(line=line).values_list("pk", flat=True))
        counts: dict[str, Any] = {
            "received": len(units),
            "tagged": len(tagged(units)),
            "cost": costs.get(line.pk),
            "spread": known,
        }
        if whole_cost and line.amount is not None and counts["cost"] is not None:
            counts["bears"] = counts["cost"] - line.amount
        counts["untagged"] = counts["received"] - counts["tagged"]
        lines.append((line, counts, amounts.get(line.pk)))
    see_money = bool(amounts)
    note = purchase.note if whole.of_purchase(purchase, request.user) else ""
    context = {
        "purchase": purchase,
        "lines": lines,
        "note": note,
        "rows": history.of_purchase(purchase, request.user),
        "see_money": see_money,
        "total": total_of(every) if whole_cost else None,
        "waiting": waiting_of(purchase, request.user) if see_money else [],
        "may_change": request.user.has_perm("funding.change_purchase"),
        "all_received": all(c["received"] >= line.quantity for line, c, _s in lines),
        "may_tag": request.user.has_perm("assets.register_asset"),
    }
    return render(request, "funding/purchase.html", context)


def waiting_of(purchase: Purchase, by: MaybeActor) -> list[Unit]:
    """The first units of a purchase whose cost is unknown, or that no award or fund pays yet, or
    not all of it: where the cost rose since."""
    paid = UnitShare.objects.standing().filter(unit=OuterRef("pk")).order_by()
    shares = paid.values("unit").annotate(paid=Sum("amount")).values("paid")
    units = Unit.objects.visible_to(by, money.COST).select_related("line")
    units = units.filter(line__purchase=purchase, voided_at=None)
    # SQLite adds amounts as floats.
    all_of_it = Subquery(shares, output_field=DecimalField()) + Value(HALF_A_CENT)
    units = units.filter(Q(cost=None) | ~Exists(paid) | Q(cost__gt=all_of_it))
    return list(units.order_by("line__number", "number")[:WAITING])


@require_http_methods(["GET", "POST"])
@login_required
@adds
def purchase_new(request: HouseRequest) -> HttpResponse:
    require(request.user, "funding.change_purchase")

    def do(v: dict[str, Any]) -> Purchase:
        by = request.user
        number, name, ordered_on = v.pop("number"), v.pop("vendor"), v.pop("ordered_on")
        # A purchase that is refused leaves no vendor behind.
        with transaction.atomic():
            vendor = _called(name, by)
            return actions.record_purchase(
                number, by=by, lines=[LineDraft(**v)], vendor=vendor, ordered_on=ordered_on
            )

    return form_page(request, PurchaseForm(request.POST or None).adds(), do, _("New purchase"))


def _called(name: str, by: Any) -> Vendor | None:
    """The vendor of a name, which is made where nobody is called so."""
    if not (name := name.strip()):
        return None
    found = Vendor.objects.filter(name__iexact=name).first()
    return found or actions.create_vendor(name, by=by)


@require_http_methods(["GET", "POST"])
@login_required
def purchase_edit(request: HouseRequest, pk: int) -> HttpResponse:
    """A purchase's number, whom it is with, and the day of its order."""
    found = Purchase.objects.visible_to(request.user).select_related("vendor")
    purchase = found.get(pk=pk)
    require(request.user, "funding.change_purchase", purchase)

    def do(v: dict[str, Any]) -> Purchase:
        by = request.user
        # What is refused leaves no vendor behind.
        with transaction.atomic():
            v["vendor"] = _called(v["vendor"], by)
            return actions.change_purchase(purchase, by=by, version=purchase.version, **v)

    initial = {
        "number": purchase.number,
        "vendor": purchase.vendor or "",
        "ordered_on": purchase.ordered_on,
    }
    form = PurchaseEditForm(request.POST or None, initial=initial).edits(purchase)
    title = _("Change %s") % purchase.number
    return form_page(request, form, do, title, reverse("purchase", args=[pk]))


@require_http_methods(["GET", "POST"])
@login_required
@adds
def purchase_receive(request: HouseRequest, pk: int) -> HttpResponse:
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "funding.change_purchase", purchase)

    def do(v: dict[str, Any]) -> Purchase:
        by = request.user
        actions.receive_units(by=by, **v)
        return purchase

    form = ReceiveForm(
        request.POST or None, purchase=purchase, initial={"received_on": days.today()}
    ).adds()
    return form_page(request, form, do, _("Receive %s") % purchase.number)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def vendors(request: HouseRequest) -> HttpResponse:
    require(request.user, "funding.view_purchase")
    form = VendorForm(request.POST or None).adds()
    if request.method == "POST":
        require(request.user, "funding.change_purchase")
        if form.is_valid():
            try:
                actions.create_vendor(by=request.user, **form.cleaned_data)
            except ProblemError as error:
                form.take(error)
            else:
                return redirect("vendors")
    context = {
        "form": form,
        "vendors": Vendor.objects.seen_by(request.user).filter(active=True),
        "may_change": request.user.has_perm("funding.change_purchase"),
    }
    return render(request, "funding/vendors.html", context)
