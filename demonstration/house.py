"""What the demonstration adds to the house."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.furnishing import part
from core.journal.sentences import register_sentences
from core.models import District
from core.ops.startup import register_greeter, register_sign_in_hint, register_sign_in_offer
from core.runs import Work, register_kind
from demonstration import KIND, start
from demonstration.actions.start import filling, login_lines, login_offers


def _fill(work: Work) -> dict[str, Any]:
    """The run that fills the demonstration; a killed one goes on with the next step."""
    from demonstration.fill import fill  # only this run needs the whole plan

    return {"steps": fill(work.progress)}


def _greet(url: str, demo: bool) -> Iterable[str]:
    """On an empty data folder `serve --demo` makes the demonstration; then who can sign in."""
    if demo and District.current() is None:
        start(url)
    yield from login_lines()


HOUSE = (
    part(register_kind, KIND, _fill, _("Demonstration")),
    part(register_sentences, {"demonstration.step": _("The demonstration was filled further")}),
    part(register_greeter, _greet),
    part(register_sign_in_hint, filling),
    part(register_sign_in_offer, login_offers),
)
