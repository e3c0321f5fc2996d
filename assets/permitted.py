"""What may be done with an asset now, and why not: for buttons, pages and the API alike."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.models import Asset, Assignment, Status
from assets.models.status import ASTRAY, CLOSED
from assets.rules import custody
from core.access import MaybeActor, may
from core.problems import Problem


@dataclass(frozen=True)
class Possible:
    """An act with its page, and the Problem that disables it."""

    name: str
    label: str | Promise
    url_name: str
    icon: str
    problem: Problem | None


def possible(asset: Asset, by: MaybeActor) -> list[Possible]:
    """The acts this actor's role has, each with the reason when it cannot be done now."""
    closed = next(iter(custody.closed_problems(asset)), None)
    open_ = Assignment.objects.filter(asset=asset, closed_at=None).first()
    out = None
    if asset.holder_id:
        out = Problem("assigned", _("It is checked out. Check it in first."))
    give = closed
    if give is None and asset.holder_id:
        give = Problem("assigned-already", _("It is out already. Check it in first."))
    if give is None and asset.status not in custody.HAND_OUT_FROM:
        give = Problem("not-available", _("It is %s.") % asset.get_status_display())
    gone = asset.status in ASTRAY
    found = None if gone else Problem("not-missing", _("It is not missing."))
    elsewhere = next(iter(custody.astray_problems(asset)), None)
    reopen = None if asset.status == Status.DISPOSED else Problem("not-disposed", _("It is not disposed."))  # fmt: skip
    acts = [
        ("assign", gettext_lazy("Check out"), "asset-assign", "user-plus", "assets.assign_asset", give),
        ("return", gettext_lazy("Check in"), "asset-return", "user-minus", "assets.return_asset",
         closed or next(iter(custody.return_problems(asset, open_)), None)),
        ("move", gettext_lazy("Move"), "asset-move", "arrows-move", "assets.move_asset", closed or elsewhere),
        ("verify", gettext_lazy("Seen"), "asset-verify", "eye-check", "assets.verify_asset", closed),
        ("edit", gettext_lazy("Edit"), "asset-edit", "pencil", "assets.change_asset", None),
        ("status", gettext_lazy("Change status"), "asset-status", "status-change",
         "assets.change_status", closed),
        ("find", gettext_lazy("Found again"), "asset-find", "zoom-check", "assets.change_status", found),
        ("dispose", gettext_lazy("Dispose"), "asset-dispose", "trash", "assets.dispose_asset", closed or out),
        ("reopen", gettext_lazy("Reopen"), "asset-reopen", "rotate", "assets.reopen_asset", reopen),
        ("correct", gettext_lazy("Correct"), "asset-correct", "eraser", "assets.correct_asset", None),
        ("merge", gettext_lazy("Merge"), "asset-merge", "arrows-join", "assets.merge_asset", closed or out),
        ("void", gettext_lazy("Void"), "asset-void", "ban", "assets.void_asset", closed or out),
    ]  # fmt: skip
    if asset.status not in CLOSED:
        acts = [a for a in acts if a[0] != "reopen"]
    if not gone:
        acts = [a for a in acts if a[0] != "find"]
    return [
        Possible(name, label, url, icon, problem)
        for name, label, url, icon, perm, problem in acts
        if may(by, perm, asset)
    ]
