"""Attaching files to records and handing them out to who may see the record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import files
from core.access import require
from core.actions.attachments import attach_file, remove_attachment
from core.files import kinds, subjects
from core.models import Attachment
from core.problems import Invalid, Problem
from core.web.asked import line_asked
from core.web.http import PageRequest, own_path
from core.web.once import adds, key_of, too_old


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(own_path(request.POST.get("next", "")))


@require_POST
@login_required
@adds
def attach(request: PageRequest, subject_type: str, subject_id: int) -> HttpResponse:
    if not subjects.known(subject_type):
        raise Http404
    subject = subjects.find(subject_type, subject_id, request.user)
    require(request.user, "core.attach", subject)
    if not key_of(request):
        raise Invalid(too_old())
    file = request.FILES.get("file")
    kind = request.POST.get("kind", "")
    if file is None or kind not in Attachment.Kind.values:
        raise Invalid(Problem("file-missing", _("Choose a file and what it is."), "file"))
    attach_file(
        subject,
        by=request.user,
        data=file.read(kinds.LIMIT + 1),
        name=str(file.name),
        kind=kind,
        note=line_asked(request.POST.get("note", ""), "note", 300),
    )
    messages.success(request, _("The file is attached."))
    return _back(request)


@require_GET
@login_required
def download(request: PageRequest, pk: int) -> FileResponse:
    """The bytes, as a download: who sees the record sees its files, nobody else."""
    row = Attachment.objects.select_related("file").filter(pk=pk, removed_at=None).first()
    if row is None or not subjects.known(row.subject_type):
        raise Http404
    subjects.find(row.subject_type, row.subject_id, request.user)
    response = FileResponse(
        files.open_file(row.file),
        content_type=row.file.content_type,
        as_attachment=True,
        filename=kinds.harmless(row.name, row.file.content_type),
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@login_required
def remove(request: PageRequest, pk: int) -> HttpResponse:
    row = Attachment.objects.filter(pk=pk, removed_at=None).first()
    if row is None or not subjects.known(row.subject_type):
        raise Http404
    subject = subjects.find(row.subject_type, row.subject_id, request.user)
    reason = line_asked(request.POST.get("reason", ""), "reason", 300)
    remove_attachment(row, subject, by=request.user, reason=reason)
    return _back(request)
