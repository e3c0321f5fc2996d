"""Compares every page with another commit: python -m scripts.same_pages [COMMIT]

Each GET and each empty POST of the access table, for each of the cast. Prints what differs and
exits 1. Where no commit is named it is where this branch left main, or else the commit before.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from scripts.same_pages.parts import differences

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LENT = (".venv", "node_modules", "static/vendor")


def git(*words: str) -> str:
    """What git answers here."""
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def base(named: str) -> str:
    """The commit to compare with."""
    if named:
        return git("rev-parse", "--verify", f"{named}^{{commit}}")
    left = git("merge-base", "HEAD", "main")
    return left if left != git("rev-parse", "HEAD") else git("rev-parse", "HEAD~1")


def dump(tree: Path, into: Path) -> dict[str, Any]:
    """Every answer of the code in a tree, by the dumper of this one."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--no-header",
        "--import-mode=importlib",
        "-c",
        str(tree / "pyproject.toml"),
        f"--rootdir={tree}",
        str(HERE / "dump.py"),
    ]
    env = {**os.environ, "PAGES_FILE": str(into), "PYTHONPATH": str(tree)}
    done = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    answers: dict[str, Any] = json.loads(into.read_text())
    return answers


def dump_commit(commit: str, room: Path) -> dict[str, Any]:
    """Every answer of a commit, in a worktree that is gone afterwards. It is kept for next time."""
    version = git("hash-object", str(HERE / "dump.py"))[:8]
    kept = Path(tempfile.gettempdir()) / f"pages-{os.getuid()}-{commit[:12]}-{version}.json"
    if kept.exists():
        answers: dict[str, Any] = json.loads(kept.read_text())
        return answers
    tree = room / "before"
    git("worktree", "add", "--quiet", "--detach", str(tree), commit)
    try:
        for name in LENT:
            if (ROOT / name).exists():
                (tree / name).symlink_to((ROOT / name).resolve())
        answers = dump(tree, room / "before.json")
    finally:
        git("worktree", "remove", "--force", str(tree))
    kept.write_text(json.dumps(answers))
    return answers


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What differs between two answers to one request."""
    found = [
        f"{name}: {old[name]} is now {new[name]}"
        for name in ("status", "kind", "to", "length")
        if old[name] != new[name]
    ]
    if new["kind"].startswith("text/html"):
        return found + differences(old["body"], new["body"])
    return found + (["body: not the same"] if old["body"] != new["body"] else [])


def main() -> int:
    commit = base(sys.argv[1] if len(sys.argv) > 1 else "")
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        before, now = dump_commit(commit, room), dump(ROOT, room / "now.json")
    who_sees: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted({*before, *now}):
        page, _space, who = key.rpartition(" ")
        if key in before and key in now:
            lines = compare(before[key], now[key])
        else:
            lines = ["lost" if key in before else "came"]
        for line in lines:
            who_sees[page, line].append(who)
    for (page, line), people in who_sees.items():
        print(f"{page} ({', '.join(people)}): {line}")
    differ = len({page for page, _line in who_sees})
    print(f"{len(now)} answers compared with {commit[:12]}; {differ} pages differ.")
    return 1 if who_sees else 0


if __name__ == "__main__":
    sys.exit(main())
