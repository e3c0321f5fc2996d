"""`make test-fast` runs what changed, and something of everything else."""

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.near import changed, parted


def git(tree: Path, *words: str) -> None:
    name = ("-c", "user.name=Rob", "-c", "user.email=rob@example.org")
    subprocess.run(["git", *name, *words], cwd=tree, check=True, capture_output=True)


def test_what_differs_from_main_is_what_changed(tmp_path: Path) -> None:
    assert changed(tmp_path) == set(), "there is no git"
    git(tmp_path, "init", "-b", "main")
    for name in ("same.py", "edited.py", "committed.py"):
        (tmp_path / name).write_text("1")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "Begin")
    assert changed(tmp_path) == set()
    git(tmp_path, "switch", "-c", "branch")
    (tmp_path / "committed.py").write_text("2")
    git(tmp_path, "commit", "-am", "Change")
    (tmp_path / "edited.py").write_text("2")
    (tmp_path / "new.py").write_text("1")
    assert changed(tmp_path) == {tmp_path / f"{n}.py" for n in ("committed", "edited", "new")}


def test_the_first_of_each_file_runs_and_all_of_those_that_changed() -> None:
    one, other = Path("one.py"), Path("other.py")
    items: Any = [SimpleNamespace(path=p, name=n) for p in (one, other) for n in "abc"]
    run, rest = parted(items, {other})
    assert [(i.path, i.name) for i in run] == [(one, "a"), *((other, n) for n in "abc")]
    assert [(i.path, i.name) for i in rest] == [(one, "b"), (one, "c")]
