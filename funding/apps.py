from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _seed(using: str = "default", **kwargs: Any) -> None:
    """An upgrade brings programs and parameters that are new; a first run seeds them itself."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from core.models import District
    from funding.seed import seed_reference

    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # a step on the way: the tables are not yet what the models say
    if District.objects.using(using).exists():
        seed_reference()


class FundingConfig(AppConfig):
    name = "funding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.furnishing import furnish
        from funding.house import HOUSE

        post_migrate.connect(_seed, sender=self, dispatch_uid="seed_reference")
        furnish(self.name, HOUSE)
