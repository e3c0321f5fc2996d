from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


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
        from core.access import register_grants
        from core.files import subjects
        from core.journal import sentences as told
        from core.web import slots as web
        from funding import panels, sentences, whole
        from funding.access import grants_from_awards
        from funding.models import Award, Purchase
        from funding.seed import seed_reference
        from funding.shown import register_keys
        from people.actions.first_run import register_beginning
        from people.roles import BY_AWARD

        post_migrate.connect(_seed, sender=self, dispatch_uid="seed_reference")
        register_beginning(seed_reference)
        register_keys()
        register_grants(grants_from_awards, BY_AWARD)
        told.register(sentences.SENTENCES)
        told.register_namer(
            "funding.award",
            sentences.awards,
            "award",
            url_name="award",
            elsewhere=_("another award"),
        )
        told.register_namer(
            "funding.reclassification", sentences.reclassifications, url_name="reclassification"
        )
        told.register_namer(
            "funding.purchase",
            sentences.purchases,
            url_name="purchase",
            elsewhere=_("another purchase"),
        )
        web.panel("core.home", "funding/panel_home.html", "funding.view_award", panels.on_home, 20)
        web.panel(
            "core.home",
            "funding/panel_decisions.html",
            "funding.approve_share",
            panels.waiting_for,
            5,
        )
        for model, seeing, all_of in (
            (Award, "funding.view_award", whole.of_award),
            (Purchase, "funding.view_purchase", whole.of_purchase),
        ):
            subjects.register(model, seeing, all_of)
            slot = model._meta.label_lower
            web.panel(slot, "core/attachments.html", seeing, subjects.panel, 90)
        for slot in ("people.user", "people.users"):
            web.panel(slot, "funding/panel_access.html", "people.view_user", panels.of_users, 10)
        web.nav(_("Awards"), "awards", "report-money", "funding.view_award", 20)
        web.nav(_("Purchases"), "purchases", "shopping-cart", "funding.view_purchase", 22)
