"""Assets; what they add to the house stands in house.py."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "assets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assets.house import HOUSE
        from core.furnishing import furnish

        furnish(self.name, HOUSE)
