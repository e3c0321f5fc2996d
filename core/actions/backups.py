"""A backup when somebody asks for one."""

from core import runs
from core.access import Actor, require
from core.backup import nightly
from core.models.run import Run
from core.time import days

_UNDER_WAY = (Run.State.WAITING, Run.State.RUNNING)


def ask_backup(*, by: Actor) -> Run:
    """Ask for a backup now; the one that is under way already where there is one. Two who ask in
    the same minute get the same one. Raises NotPermitted (403)."""
    require(by, "core.backup")
    under_way = Run.objects.filter(kind=nightly.KIND, state__in=_UNDER_WAY).order_by("-pk").first()
    if under_way is not None:
        return under_way
    key = f"backup-now:{days.now():%Y%m%d%H%M}"
    return runs.start(nightly.KIND, {}, by=by, key=key)
