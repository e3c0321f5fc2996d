from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    name = "funding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import sentences as told
        from core import web
        from core.access import register_scope_provider
        from core.files import subjects
        from funding import panels, sentences
        from funding.access import holds_by_award, scope_from_awards
        from funding.models import Award, Purchase
        from people.backends import register_permission_provider

        register_scope_provider(scope_from_awards)
        register_permission_provider(holds_by_award)
        told.register(sentences.SENTENCES)
        told.register_namer("funding.award", sentences.awards, "award", url_name="award")
        told.register_namer("funding.purchase", sentences.purchases, url_name="purchase")
        web.panel("core.home", "funding/panel_home.html", "funding.view_award", panels.on_home, 20)
        for model, seeing in ((Award, "funding.view_award"), (Purchase, "funding.view_purchase")):
            subjects.register(model, seeing)
            slot = model._meta.label_lower
            web.panel(slot, "core/attachments.html", seeing, subjects.panel, 90)
        for slot in ("people.user", "people.users"):
            web.panel(slot, "funding/panel_access.html", "people.view_user", panels.of_users, 10)
        web.nav(_("Awards"), "awards", "report-money", "funding.view_award", 20)
        web.nav(_("Purchases"), "purchases", "shopping-cart", "funding.view_purchase", 22)
