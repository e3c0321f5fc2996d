"""The modes of the desk: what a scan does. An act says itself what it is called and who may."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assets.act import Act, Words
from assets.custody.acts import ASSIGN, RETURN
from assets.places.acts import MOVE
from assets.sightings.acts import VERIFY
from core.permissions import known_permission


@dataclass(frozen=True)
class Mode:
    """What the desk does with a scan, and who may."""

    label: Words
    icon: str
    permission: str

    def __post_init__(self) -> None:
        """A permission that no role knows stops the program's start."""
        known_permission(self.permission, f"the mode {self.label} of the desk")


def _of(act: Act[Any], label: Words = "") -> Mode:
    """The mode that does an act."""
    return Mode(label or act.label, act.icon, act.permission)


MODES = {
    "look": Mode(_("Look up"), "search", "assets.view_asset"),
    "out": _of(ASSIGN),
    "in": _of(RETURN),
    "move": _of(MOVE, _("Move to room")),  # the desk takes a room and no more
    "verify": _of(VERIFY),
    "tag": Mode(_("Tag"), "tag", "assets.register_asset"),
}


def modes_of(by: Any) -> list[tuple[str, Words, str]]:
    """The modes that somebody may choose: name, label, icon."""
    return [(k, m.label, m.icon) for k, m in MODES.items() if by.has_perm(m.permission)]


def mode_shown(text: str) -> str:
    """The mode in what a page says that it showed; empty for none."""
    mode = text.partition(".")[0]
    return mode if mode in MODES else ""
