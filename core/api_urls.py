"""REST addresses of the the journal and of figures."""

from core.api import journal
from core.api.routes import route
from core.views.metrics import Metrics

urlpatterns = [
    route("journal", journal.Journal, "journal"),
    route("metrics", Metrics, "metrics"),
]
