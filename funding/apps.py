from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.access import register_scope_provider
        from funding.access import holds_by_award, scope_from_awards
        from people.backends import register_permission_provider

        register_scope_provider(scope_from_awards)
        register_permission_provider(holds_by_award)
