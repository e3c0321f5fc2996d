"""REST addresses of the the journal and of figures."""

from core.api import journal
from core.api.metrics import Metrics
from core.api.routes import route

urlpatterns = [
    route("journal", journal.Journal, "journal"),
    route("metrics", Metrics, "metrics"),
]
