from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "assets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assets import checks
        from core.verify import register_check

        register_check(checks.state_follows_from_spans)
        register_check(checks.assignments_follow_from_state)
