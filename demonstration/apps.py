from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from core.runs import Work


def _fill(work: "Work") -> dict[str, Any]:
    """The run that fills the demonstration; a killed one goes on with the next step."""
    from demonstration.fill import fill

    return {"steps": fill(work.progress)}


def _greet(url: str, demo: bool) -> Iterable[str]:
    """On an empty data folder `serve --demo` makes the demonstration; then who can sign in."""
    from core.models import District
    from demonstration import start
    from demonstration.actions.start import login_lines

    district = District.current()
    if demo and district is None:
        start(url)
    yield from login_lines()


class DemonstrationConfig(AppConfig):
    name = "demonstration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import runs
        from core.journal import sentences
        from core.ops import startup
        from demonstration import KIND
        from demonstration.actions.start import login_lines

        runs.register_kind(KIND, _fill, _("Demonstration"))
        sentences.register({"demonstration.step": _("The demonstration was filled further")})
        startup.register_greeter(_greet)
        startup.register_sign_in_hint(login_lines)
