"""What an app adds to the house stands in its house.py, and nothing else registers anything."""

import ast
import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from core.furnishing import furnish, houses, part
from core.journal import sentences
from core.journal.tombstones import tombstone
from tests import house_rules as rules
from tests.test_house import complaints, ours


def test_every_app_that_adds_something_says_it_in_its_house() -> None:
    for app in houses():
        assert Path(apps.get_app_config(app).path, "house.py").is_file()
    assert {"core", "people", "funding", "assets", "reports", "integrations"} <= houses().keys()


def test_nothing_is_registered_beside_the_houses() -> None:
    takers = {each.add.__name__ for parts in houses().values() for each in parts}
    assert {"nav", "panel", "register_chore", "register_namer", "register_check"} <= takers

    def beside(source: str) -> list[str]:
        return [
            f"line {call.lineno}: {rules._name(call)} is called: say it in house.py"
            for call in ast.walk(ast.parse(source))
            if isinstance(call, ast.Call) and rules._name(call) in takers
        ]

    assert complaints(ours(), beside) == []
    assert beside("from core.web.slots import nav\nnav('Here', 'here', 'x', 'a.b')")
    assert beside("part(nav, 'Here', 'here', 'x', 'a.b')") == []


def test_a_part_that_is_wrong_stops_the_start_and_nobody_moves_in_twice() -> None:
    def add(name: str) -> None:
        raise LookupError(name)

    with pytest.raises(LookupError):
        furnish("toy", (part(add, "nothing"),))
    with pytest.raises(TypeError):
        furnish("toy", (part(add, "one", "too many"),))  # type: ignore[call-arg]
    assert "toy" not in houses()
    with pytest.raises(RuntimeError, match="already"):
        furnish("assets", ())


def test_the_command_prints_what_each_app_adds() -> None:
    printed = io.StringIO()
    call_command("house", stdout=printed)
    text = printed.getvalue()
    for app, parts in houses().items():
        assert f"{app} (house.py): {len(parts)} parts" in text
    assert "core.backup.nightly.schedule" in text and "assets/panel_held.html" in text
    only = io.StringIO()
    call_command("house", "reports", stdout=only)
    assert "reports (house.py)" in only.getvalue() and "assets (house.py)" not in only.getvalue()


def test_every_end_of_a_thing_is_a_tombstone() -> None:
    ends = {
        k for k, _sentence in sentences.kinds() if k.endswith((".merged", ".voided", ".erased"))
    }
    # Its name and its bytes are erased; the row of the file stays where it was.
    assert {k for k in ends if not tombstone(k)} == {"file.erased"}
    assert not tombstone("asset.assigned")


def test_a_start_loads_nothing_that_draws_pages() -> None:
    """Each command, web process and worker starts a quarter sooner without it."""
    code = "import django, sys; django.setup(); import district_assets.urls; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "reports.actions" in done.stdout.split()
    assert not {"weasyprint", "pikepdf"} & set(done.stdout.split())
