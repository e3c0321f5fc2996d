"""Reports; what they add to the house stands in house.py."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.furnishing import furnish
        from reports.house import HOUSE

        furnish(self.name, HOUSE)
