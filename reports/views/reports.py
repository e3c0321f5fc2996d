"""Reports: asking, watching, reading on screen, downloading, checking."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files
from core.access import MaybeActor, require
from core.db.paging import paginate
from core.journal import sentences
from core.problems import ProblemError
from core.time import days
from core.web.http import address_of
from core.web.once import adds
from people.web import HouseRequest
from reports import actions
from reports.actions import names
from reports.difference import Difference
from reports.forms import ReportForm
from reports.models import Report, ReportFile
from reports.property_record.explained import Explained
from reports.render import groups

#: Differences on the page that compares.
LISTED = 200
#: How often an address may ask the open page in a minute.
A_MINUTE = 30
#: Rows on one page: more than that are shown one school at a time.
ON_SCREEN = 500


@require_GET
@login_required
def report_list(request: HouseRequest) -> HttpResponse:
    require(request.user, "reports.view_report")
    rows = Report.objects.visible_to(request.user).select_related("award", "run", "owner")
    page = paginate(rows, ["-id"], after=request.GET.get("after"), before=request.GET.get("before"))
    may = request.user.has_perm("reports.make_report")
    return render(request, "reports/list.html", {"page": page, "may_make": may})


@require_http_methods(["GET", "POST"])
@login_required
@adds
def report_request(request: HouseRequest) -> HttpResponse:
    require(request.user, "reports.make_report")
    initial = {"as_of": days.today(), "award": request.GET.get("award")}
    form = ReportForm(request.POST or None, initial=initial, by=request.user).adds()
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            reports = _ask(request, values)
        except ProblemError as error:
            form.take(error)
        else:
            if len(reports) == 1:
                return redirect("report", pk=reports[0].pk)
            messages.success(
                request, _("%d reports are being made, one per school.") % len(reports)
            )
            return redirect("reports")
    context = {
        "form": form,
        "title": _("Federal property record of an award"),
        "submit": _("Make the report"),
        "explanation": _(
            "Every item that the award paid for, equipment and supplies, with its "
            "federal share, place, use, condition and disposition (2 CFR 200.313(d)(1))."
        ),
    }
    return render(request, "components/form_page.html", context)


def _ask(request: HouseRequest, values: dict[str, Any]) -> list[Report]:
    by = request.user
    award, per_school = values.pop("award"), values.pop("per_school")
    if per_school:
        values.pop("school")
        return actions.request_report_per_school(award, by=by, **values)
    return [actions.request_report(award, by=by, **values)]


def _find(request: HouseRequest, pk: int) -> Report:
    report = (
        Report.objects.visible_to(request.user)
        .select_related("award__program", "run", "owner", "dataset", "school")
        .get(pk=pk)
    )
    require(request.user, "reports.view_report", report.award)
    return report


@require_GET
@login_required
def report_detail(request: HouseRequest, pk: int) -> HttpResponse:
    """Its progress while it is made; then the dataset on screen, from the same rows as the PDF."""
    report = _find(request, pk)
    context: dict[str, object] = {"report": report, "run": report.run, "files": report.files.all()}
    if report.dataset is not None:
        dataset = actions.stored_dataset(report)
        schools = groups.grouped(dataset)
        chosen = request.GET.get("school", "")
        shown = [s for s in schools if s.name == chosen or len(dataset.rows) <= ON_SCREEN]
        context |= {
            "dataset": dataset,
            "totals": schools,
            "schools": shown,
            "choose": len(shown) < len(schools),
            "classes": groups.by_class(dataset),
            "ledger": groups.ledger(dataset),
        }
    return render(request, "reports/detail.html", context)


@require_GET
@login_required
def report_download(request: HouseRequest, pk: int, format_: str) -> FileResponse:
    report = _find(request, pk)
    found = ReportFile.objects.select_related("file").filter(report=report, format=format_).first()
    if found is None:
        raise Http404
    return FileResponse(
        files.open_file(found.file),
        content_type=found.file.content_type,
        as_attachment=True,
        filename=f"{report.number}.{format_}",
    )


@require_POST
@login_required
def report_recompute(request: HouseRequest, pk: int) -> HttpResponse:
    """Build it anew from its two times and list what differs, each value with the acts since that
    explain it."""
    report = _find(request, pk)
    try:
        found = actions.recompute(report)
    except ProblemError as error:
        messages.error(request, str(error))
        return redirect("report", pk=pk)
    differences = found.differences[:LISTED]
    told = bool(differences) and request.user.has_perm("core.view_activity")
    context = {
        "report": report,
        "same": found.same,
        "sha256": found.sha256,
        "count": len(found.differences),
        "told": told,
        "rows": _with_entries(report, differences, request.user)
        if told
        else [(Explained(d), []) for d in differences],
    }
    return render(request, "reports/recomputed.html", context)


def _with_entries(
    report: Report, differences: list[Difference], by: MaybeActor
) -> list[tuple[Explained, list[sentences.Told]]]:
    """Differences with the entries that explain them, as sentences for somebody."""
    found = actions.explained(report, differences, by)
    entries = {e.pk: e for one in found for e in one.entries}
    told = {t.entry.pk: t for t in sentences.tell_all(entries.values(), by)}
    return [(one, [told[e.pk] for e in one.entries]) for one in found]


@require_GET
def report_verify(request: HouseRequest, number: str, code: str) -> HttpResponse:
    """Open to who holds the paper: number, kind, as-of, made on, unaltered; nothing else."""
    # The minute is in the key: nothing can run out between looking and counting.
    key = f"verify:{address_of(request)}:{int(days.now().timestamp()) // 60}"
    cache.add(key, 0, 120)
    if cache.incr(key) > A_MINUTE:
        return render(request, "reports/verify.html", {"limited": True}, status=429)
    report = Report.objects.filter(code=code).first()
    if report is None or report.number != number or report.dataset is None:
        raise Http404
    context = {
        "report": report,
        "unaltered": actions.unaltered(report),
        "note": names.note(report.people.all()),
    }
    return render(request, "reports/verify.html", context)
