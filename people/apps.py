from collections.abc import Iterable

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def _greet(url: str, demo: bool) -> Iterable[str]:
    """An installation that is not set up prints the first administrator's link."""
    from people.actions.first_run import first_link

    if not demo and (token := first_link()):
        yield f"Set up your district: {url}/first-run/{token}/"


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import forgetting, runs
        from core.access import register_grants
        from core.files import subjects
        from core.forgetting import erasures
        from core.journal import sentences
        from core.ops import startup
        from core.web import slots as web
        from people import naming, restored
        from people.backends import grants_from_memberships
        from people.models import Room, School
        from people.retention import Forgetter, register_forgetter
        from people.roles import Role
        from people.shown import register_keys

        register_keys()
        register_grants(grants_from_memberships)
        copies = Forgetter(
            forgetting.forget_copies, renamed=lambda were, _id: forgetting.forget_copies(were)
        )
        register_forgetter(copies, "core.idempotencykey", "core.run")
        runs.register_kind(forgetting.KIND, forgetting.rewrite_pages, forgetting.LABEL)
        erasures.register(restored.digests, restored.erase_again)
        startup.register_greeter(_greet)
        sentences.register(naming.SENTENCES)
        sentences.register_namer(
            "people.school",
            naming.schools,
            "school",
            "home_school",
            url_name="school",
            elsewhere=_("another school"),
            with_a_thing="assets.view_asset",
        )
        sentences.register_namer(
            "people.room",
            naming.rooms,
            "room",
            "home_room",
            url_name="room",
            elsewhere=_("a room of another school"),
            with_a_thing="assets.view_asset",
        )
        sentences.register_namer(
            "people.person",
            naming.people,
            "person",
            "holder",
            url_name="person",
            elsewhere=_("somebody of another school"),
            in_entries=naming.in_entries,
        )
        for model in (School, Room):
            subjects.register(model, "people.view_school")
            slot = model._meta.label_lower
            web.panel(slot, "core/attachments.html", "people.view_school", subjects.panel, 90)
        sentences.register_namer("people.user", naming.users, "user")
        sentences.register_fields({"role": _("role")}, {"role": dict(Role.choices)})
        web.nav(_("Home"), "home", "home", "assets.view_asset", 0)
        web.nav(_("People"), "people", "users", "people.view_person", 30, ("person",))
        web.nav(
            _("Schools"), "schools", "school", "people.view_school", 35, ("school", "rooms", "room")
        )
        web.nav(_("Activity"), "activity", "history", "core.view_activity", 70)
        web.nav(_("Users"), "users", "user-shield", "people.view_user", 80, ("user",))
        web.nav(
            _("Settings"),
            "district-settings",
            "settings",
            "core.change_district",
            90,
            ("district-words",),
        )
