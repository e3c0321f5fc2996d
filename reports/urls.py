from django.urls import path

from reports.views import reports

urlpatterns = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/", reports.report_request, name="report-request"),
    path("reports/<int:pk>/", reports.report_detail, name="report"),
    path("reports/<int:pk>/recompute/", reports.report_recompute, name="report-recompute"),
    path("reports/<int:pk>/<str:format_>/", reports.report_download, name="report-download"),
    path("verify/<str:number>/<str:code>/", reports.report_verify, name="report-verify"),
]
