from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AssetsConfig(AppConfig):
    name = "assets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assets import checks, sentences
        from assets.codes import meanings as codes
        from assets.custody import held, keeping
        from assets.lists import panels
        from assets.models import Asset
        from assets.shown import register_keys
        from core.files import subjects
        from core.journal import sentences as told
        from core.journal.verify import register_check
        from funding import things
        from people.actions.roster import register_holding_check
        from people.codes import register_meanings
        from people.retention import register_keeper

        register_keys()
        register_check(checks.state_follows_from_spans)
        register_check(checks.assignments_follow_from_state)
        subjects.register(Asset, "assets.view_asset")
        told.register(sentences.SENTENCES)
        told.register_fields(sentences.FIELDS, sentences.CHOICES)
        told.register_namer(
            "assets.asset",
            sentences.names,
            "into",
            "asset",
            "from",
            url_name="asset",
            elsewhere=_("a thing of others"),
        )
        told.register_namer(
            "funding.unit", sentences.units, "unit", elsewhere=_("a unit of another purchase")
        )
        told.register_namer(
            "assets.product", sentences.products, "product", with_a_thing="assets.view_asset"
        )
        panels.register()
        things.register_counter(checks.things_of_award)
        things.register_dater(checks.acquired_days)
        things.register(
            things.Things(
                checks.units_with_a_thing, sentences.things_of_units, "asset__school", Q(asset=None)
            )
        )
        register_meanings(codes.tags_with)
        register_holding_check(held.listed)
        register_keeper(keeping.holding_problems)
        register_keeper(keeping.ecf_problems)
