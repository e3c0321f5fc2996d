"""REST addresses of reports."""

from core.api.routes import route
from reports import api as reports

urlpatterns = [
    *reports.REPORTS.addresses(),
    route("reports/<int:pk>/<str:format_>", reports.ReportDownload, "report-download"),
]
