"""What `make test-fast` runs: all tests of the files that changed since main, and of each other
file the first, so that whatever breaks is met within two minutes somewhere."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: What git says of changes: committed since main, not committed, new.
_ASKED = (
    ("diff", "--name-only", "main...HEAD"),
    ("diff", "--name-only", "HEAD"),
    ("ls-files", "--others", "--exclude-standard"),
)


def changed(tree: Path = ROOT) -> set[Path]:
    """The files that differ from main's; none where there is no git, or no main."""
    found: set[Path] = set()
    for words in _ASKED:
        done = subprocess.run(["git", *words], cwd=tree, capture_output=True, text=True)
        if done.returncode == 0:
            found |= {tree / line for line in done.stdout.splitlines()}
    return found


def parted(
    items: Iterable[pytest.Item], whole: set[Path]
) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests that run and those that do not, of files in `whole` all."""
    run: list[pytest.Item] = []
    rest: list[pytest.Item] = []
    met: set[Path] = set()
    for item in items:
        wanted = item.path in whole or item.path not in met
        met.add(item.path)
        (run if wanted else rest).append(item)
    return run, rest
