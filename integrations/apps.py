"""Imports and other systems; what they add to the house stands in house.py."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "integrations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.furnishing import furnish
        from integrations.house import HOUSE

        furnish(self.name, HOUSE)
