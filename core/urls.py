from django.urls import path

from core.views import api_document, attachments, favicon, gallery, health, home, runs, search

urlpatterns = [
    path("", home.home, name="home"),
    path("activity/", home.activity, name="activity"),
    path("search/", search.search, name="search"),
    path("rest-api/", api_document.api_document, name="api-document"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("favicon.ico", favicon.favicon, name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("runs/", runs.run_list, name="runs"),
    path("runs/<int:pk>/", runs.run_detail, name="run"),
    path("runs/<int:pk>/cancel/", runs.run_cancel, name="run-cancel"),
    path("runs/<int:pk>/retry/", runs.run_retry, name="run-retry"),
    path("runs/backup/", runs.backup_now, name="backup-now"),
    path("files/<str:subject_type>/<int:subject_id>/", attachments.attach, name="attach"),
    path("files/<int:pk>/", attachments.download, name="attachment"),
    path("files/<int:pk>/remove/", attachments.remove, name="attachment-remove"),
]
