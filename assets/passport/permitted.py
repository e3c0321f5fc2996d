"""What may be done with an asset now, and why not: for buttons, pages and the API alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.custody import rules as custody
from assets.mistakes.rules import merged_problems, void_problems
from assets.models import Asset, Assignment, Status
from assets.models.status import ASTRAY
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
    right = next(iter(merged_problems(asset)), None)
    void = out or next(iter(void_problems(asset)), None)
    acts = [
        (
            "assign",
            gettext_lazy("Check out"),
            "asset-assign",
            "user-plus",
            "assets.assign_asset",
            give,
        ),
        (
            "return",
            gettext_lazy("Check in"),
            "asset-return",
            "user-minus",
            "assets.return_asset",
            closed or next(iter(custody.return_problems(asset, open_)), None),
        ),
        (
            "move",
            gettext_lazy("Move"),
            "asset-move",
            "arrows-move",
            "assets.move_asset",
            closed or elsewhere,
        ),
        (
            "verify",
            gettext_lazy("Seen"),
            "asset-verify",
            "eye-check",
            "assets.verify_asset",
            closed,
        ),
        ("edit", gettext_lazy("Edit"), "asset-edit", "pencil", "assets.change_asset", right),
        (
            "status",
            gettext_lazy("Change status"),
            "asset-status",
            "status-change",
            "assets.change_status",
            closed,
        ),
        (
            "find",
            gettext_lazy("Found again"),
            "asset-find",
            "zoom-check",
            "assets.change_status",
            found,
        ),
        (
            "dispose",
            gettext_lazy("Dispose"),
            "asset-dispose",
            "trash",
            "assets.dispose_asset",
            closed or out,
        ),
        ("reopen", gettext_lazy("Reopen"), "asset-reopen", "rotate", "assets.reopen_asset", None),
        (
            "reinstate",
            gettext_lazy("Undo void"),
            "asset-reinstate",
            "rotate",
            "assets.void_asset",
            None,
        ),
        (
            "correct",
            gettext_lazy("Correct"),
            "asset-correct",
            "eraser",
            "assets.correct_asset",
            right,
        ),
        (
            "merge",
            gettext_lazy("Merge"),
            "asset-merge",
            "arrows-join",
            "assets.merge_asset",
            closed or out,
        ),
        ("void", gettext_lazy("Void"), "asset-void", "ban", "assets.void_asset", void),
    ]
    # An act that belongs to one status only is not told of in the others.
    wrong = {
        "find": not gone,
        "reopen": asset.status != Status.DISPOSED,
        "reinstate": asset.status != Status.VOID or asset.merged_into_id is not None,
    }
    acts = [a for a in acts if not wrong.get(a[0])]
    return [
        Possible(name, label, url, icon, problem)
        for name, label, url, icon, perm, problem in acts
        if may(by, perm, asset)
    ]


def refusals(acts: Sequence[Possible]) -> list[tuple[str, list[Possible]]]:
    """The acts that cannot be done now, under the sentence that says why."""
    found: dict[str, list[Possible]] = {}
    for act in acts:
        if act.problem is not None:
            found.setdefault(str(act.problem.message), []).append(act)
    return list(found.items())
