"""`python -m scripts.layers`: docs/layers.md, the picture of the house as lint holds it.

Layers and their order come from the contracts in pyproject.toml, arrows from the imports, and what
an app is for from its docstring.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "layers.md"
Contract = dict[str, Any]


def contracts() -> tuple[list[str], list[Contract]]:
    """The apps of the house, and the contracts that give an order."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    linter = told["tool"]["importlinter"]
    return linter["root_packages"], [c for c in linter["contracts"] if c["type"] == "layers"]


def purpose(app: str) -> str:
    """What an app is for: the first sentence of its docstring."""
    source = (ROOT / app / "__init__.py").read_text(encoding="utf-8")
    text = ast.get_docstring(ast.parse(source)) or ""
    return text.split("\n\n")[0].split(". ")[0].replace("\n", " ").rstrip(".")


def imports(apps: list[str]) -> set[tuple[str, str]]:
    """Which app imports from which other."""
    found: set[tuple[str, str]] = set()
    for app in apps:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
                tops = {name.split(".")[0] for name in names} & set(apps) - {app}
                found |= {(app, top) for top in tops}
    return found


def _lines() -> Iterator[str]:
    apps, orders = contracts()
    yield "# The layers of the house"
    yield ""
    yield "Drawn by `python -m scripts.layers` from the contracts in `pyproject.toml` that"
    yield "`make lint` holds; change those, not this page. Read downwards: a layer may import any"
    yield "below it and none above."
    yield ""
    yield "```mermaid"
    yield "flowchart TD"
    for app in apps:
        yield f'    {app}["{app}<br/>{purpose(app)}"]'
    for upper, lower in sorted(imports(apps), key=lambda p: (apps.index(p[0]), apps.index(p[1]))):
        yield f"    {upper} --> {lower}"
    yield "```"
    for order in orders:
        for app in order.get("containers", ()):
            yield ""
            yield f"## Inside {app}"
            yield ""
            yield "| layer | modules |"
            yield "|---|---|"
            for number, layer in enumerate(order["layers"], start=1):
                names = [f"`{name.strip()}`" for name in layer.split("|")]
                yield f"| {number} | {', '.join(names)} |"
            yield ""
            yield "What stands in one row does not know each other."


def draw() -> str:
    """The document's text."""
    return "\n".join(_lines()) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(draw(), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT.relative_to(ROOT)}\n")
