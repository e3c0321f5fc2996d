"""People and places; what they add to the house stands in house.py."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.furnishing import furnish
        from people.house import HOUSE

        furnish(self.name, HOUSE)
