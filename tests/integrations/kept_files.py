"""What imports keep of people, and when it is swept away."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from core.models import Entry
from core.ops.sweeping import sweep
from core.time import days
from integrations.models import ImportSession, StagedRow

AfterCommit = Callable[..., AbstractContextManager[object]]
ROSTER = (
    "id,first name,last "
    "name,email\nS1,Maribel,Quince,mq@example.org\nS2,Tobias,Vane,tv@example.org\nS3,Nia,,\n"
)
HOLDERS = "Tag,Holder id,Holder name\nA1,{0},Maria Lopez\nA2,,\n"


def kept(*names: str) -> list[str]:
    """The places where one of these names still stands: rows, sessions, files, the journal."""
    texts = {f"row {r.pk}": str(r.__dict__) for r in StagedRow.objects.all()}
    texts |= {f"import {s.pk}": str(s.__dict__) for s in ImportSession.objects.all()}
    texts |= {f"entry {e.pk}": f"{e.data} {e.changes}" for e in Entry.objects.all()}
    for path in Path(settings.FILES_DIR).rglob("*"):
        if path.is_file():
            texts[f"file {path.name[:8]}"] = path.read_bytes().decode("utf-8", "replace")
    return [where for where, text in texts.items() if any(name in text for name in names)]


def sweep_after(amount: timedelta) -> None:
    with time_machine.travel(days.now() + amount, tick=False):
        assert sweep()


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks: AfterCommit) -> AfterCommit:
    """What is done once a transaction is through (a test is one that never is)."""
    return django_capture_on_commit_callbacks
