from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.access import register_scope_provider
        from people.backends import scope_from_memberships

        register_scope_provider(scope_from_memberships)
