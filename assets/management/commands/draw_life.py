"""`manage.py draw_life`: docs/life.md, drawn from the one table in assets/life.py."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from assets.life import DIRECT_DISPOSAL, LIFE, Edge
from assets.models.status import DisposalMethod, Status

DOCUMENT = settings.BASE_DIR / "docs" / "life.md"
ARROWS = {Edge.FREE: "-->", Edge.CASE: "-. case .->", Edge.REOPEN: "-. reopen .->"}
NOTES = {
    Edge.FREE: "",
    Edge.CASE: " (only through a case)",
    Edge.REOPEN: " (only by reopening)",
}


def life_lines() -> Iterator[str]:
    """The document's lines, in the order of the table."""
    yield "# The life of an asset"
    yield ""
    yield ("Drawn by `manage.py draw_life` from `assets/life.py`; change the table, not this page.")
    yield "Registering and *initializing* what was there before enter anywhere; voiding and merging"
    yield "end any life, each by its own act with a reason."
    yield ""
    yield "```mermaid"
    yield "flowchart LR"
    for status in LIFE:
        yield f'    {status.value}["{status.label}"]'
    for status, edges in LIFE.items():
        for to, edge in edges.items():
            yield f"    {status.value} {ARROWS[edge]} {to.value}"
    yield "```"
    yield ""
    yield "| from | may become |"
    yield "|---|---|"
    for status, edges in LIFE.items():
        goals = [f"{to.label}{_note(status, to, edge)}" for to, edge in edges.items()]
        yield f"| {status.label} | {', '.join(goals) or 'nothing more'} |"
    yield ""
    yield (
        "Lost and stolen are reached only through a case: its last custodian, a search and a "
        "notice."
    )
    yield "A missing, lost or stolen item that turns up is *found again*, an act that is counted."
    yield "Disposed is closed; a mistake is reopened by its own act with its own permission."


def _note(status: Status, to: Status, edge: Edge) -> str:
    if to == Status.DISPOSED and status in DIRECT_DISPOSAL:
        methods = sorted(str(DisposalMethod(m).label).lower() for m in DIRECT_DISPOSAL[status])
        return f" (only {', '.join(methods)})"
    return NOTES[edge]


def draw() -> str:
    """The document's text, in US English whatever the reader's language is."""
    with translation.override("en-us"):
        return "\n".join(life_lines()) + "\n"


class Command(BaseCommand):
    help = "Write docs/life.md from the life table, or with --check say whether it is up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            if not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != draw():
                raise CommandError("docs/life.md is not what the table says: manage.py draw_life")
            return
        DOCUMENT.write_text(draw(), encoding="utf-8")
