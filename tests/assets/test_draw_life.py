"""docs/life.md is drawn, not written."""

from assets.life import LIFE
from assets.management.commands.draw_life import DOCUMENT, draw
from assets.models.status import Status


def test_the_committed_page_is_what_the_table_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == draw()


def test_every_status_and_every_move_is_on_the_page() -> None:
    page = draw()
    assert all(str(status.label) in page for status in Status)
    for status, edges in LIFE.items():
        for to in edges:
            assert any(
                f"    {status.value} {arrow} {to.value}\n" in page
                for arrow in ("-->", "-. case .->", "-. reopen .->")
            )
