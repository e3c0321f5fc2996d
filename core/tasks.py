"""The one Celery task: it carries a Run's id."""

from celery import shared_task

from core import runs
from core.runs.bell import TASK


# It has no types.
@shared_task(name=TASK, ignore_result=True, acks_late=False)  # type: ignore[untyped-decorator]
def do_run(run_id: int) -> None:
    """Do a run unless somebody else has it."""
    runs.execute(run_id)
