"""REST addresses of reports."""

from core.api.routes import route
from reports import api as reports

urlpatterns = [
    route("reports", reports.Reports, "reports"),
    route("reports/<int:pk>", reports.ReportDetail, "report"),
    route("reports/<int:pk>/<str:format_>", reports.ReportDownload, "report-download"),
]
