"""REST addresses of the journal, runs and figures."""

from core.api import journal
from core.api.metrics import Metrics
from core.api.routes import route

urlpatterns = [
    route("journal", journal.Journal, "journal"),
    route("runs/<int:pk>", journal.RunDetail, "run"),
    route("metrics", Metrics, "metrics"),
]
