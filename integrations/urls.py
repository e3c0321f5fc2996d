from django.urls import path

from integrations.views import imports, refused
from integrations.views.conflicts import import_conflicts
from integrations.views.unknown import import_unknown

urlpatterns = [
    path("", imports.import_list, name="imports"),
    path("<int:pk>/", imports.import_detail, name="import"),
    path("<int:pk>/map/", imports.import_map, name="import-map"),
    path("<int:pk>/rows/<int:number>/", imports.import_mend, name="import-mend"),
    path("<int:pk>/unknown/", import_unknown, name="import-unknown"),
    path("<int:pk>/conflicts/", import_conflicts, name="import-conflicts"),
    path("<int:pk>/refused.csv", refused.import_refused, name="import-refused"),
    path("<int:pk>/<slug:act>/", imports.import_act, name="import-act"),
]
