"""What comments, docstrings and documents point to is there: a stranger follows it first."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator

import pytest

from tests.test_house import ROOT, committed

#: A file of the house, by its whole path or by the end of one.
FILE = re.compile(r"(?<![\w/.:-])(?:[\w-]+/)*[\w-]+\.(?:py|md)\b(?!\.)")
#: The number of a rule in some list: letters, a hyphen, two digits.
NUMBERED = re.compile(r"(?<![\w/-])[A-Z]{1,2}-[0-9]{2}(?![\w-])")
#: Files that a worked example would add.
EXAMPLES = {"integrations/kinds/vendors.py"}
#: What reports print, and a word of English.
READ = {"UG-01", "K-12"}


def said(source: str) -> Iterator[str]:
    """The comments and docstrings of a program."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, documented):
            yield ast.get_docstring(node) or ""


def ends(paths: Iterable[str]) -> set[str]:
    """What each of some paths may be called: itself, and what follows any of its folders."""
    parts = (path.split("/") for path in paths)
    return {"/".join(some[i:]) for some in parts for i in range(len(some))}


def lost(texts: Iterable[str], there: set[str]) -> list[str]:
    """The files that some texts name and that are not there."""
    return sorted({f for text in texts for f in FILE.findall(text)} - there)


def numbers(texts: Iterable[str]) -> list[str]:
    """The numbers in some texts that nobody can look up."""
    return sorted({n for text in texts for n in NUMBERED.findall(text)} - READ)


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    """Whatever is read by whoever works here, by path."""
    programs = {p: list(said(p.read_text())) for p in committed(".py")}
    documents = {p: [p.read_text()] for p in committed(".md")}
    return {str(p.relative_to(ROOT)): found for p, found in (programs | documents).items()}


def test_every_file_that_is_pointed_to_is_there(texts: dict[str, list[str]]) -> None:
    there = ends(texts) | EXAMPLES
    found = {path: names for path, some in texts.items() if (names := lost(some, there))}
    assert found == {}
    assert lost(["See kinds/gone.py, lost.md 3 and tests/test_pointers.py."], there) == [
        "kinds/gone.py",
        "lost.md",
    ]


def test_no_rule_is_named_by_a_number_alone(texts: dict[str, list[str]]) -> None:
    """Of a list that is not here: the rule is said, or a public source (2 CFR 200.313)."""
    programs = {p: some for p, some in texts.items() if p.endswith(".py")}
    found = {path: names for path, some in programs.items() if (names := numbers(some))}
    assert found == {}
    assert numbers(["A tag is never used twice (T-01)."]) == ["T-01"]
