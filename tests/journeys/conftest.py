"""The browser, and a real `manage.py serve` with its worker."""

from tests.journeys.browser import chromium, visit
from tests.runs.processes import lease, processes

__all__ = ["chromium", "lease", "processes", "visit"]
