"""The demonstration; what it adds to the house stands in house.py."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "demonstration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.furnishing import furnish
        from demonstration.house import HOUSE

        furnish(self.name, HOUSE)
