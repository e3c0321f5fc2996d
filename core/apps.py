from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


def _install_guards(**kwargs: Any) -> None:
    from core.journal import guards

    guards.install()


def _check_guards(databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    from core.journal import guards

    if not databases:
        return []
    return [
        checks.Error(
            f"The guard {name} is missing: the journal could be changed.",
            hint="Run manage.py migrate, which installs the guards again, then manage.py verify.",
            id="core.E001",
        )
        for name in guards.missing()
    ]


class CoreConfig(AppConfig):
    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.db import among  # noqa: F401  # fields learn it
        from core.furnishing import furnish
        from core.house import HOUSE
        from core.journal import guards
        from core.ops import logs
        from core.whole import check_whole

        logs.configure()
        guards.guard("core_entry")
        guards.guard("core_seal")
        guards.guard(
            "core_approval", ("decided_by_id", "decided_at", "decision", "reason", "taken_back_at")
        )
        post_migrate.connect(_install_guards, dispatch_uid="guards")
        checks.register(_check_guards, checks.Tags.database)
        checks.register(check_whole)
        furnish(self.name, HOUSE)
