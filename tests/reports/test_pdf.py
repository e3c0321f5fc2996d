"""The printed record: tagged, titled, archived, accessible, complete, and always the same bytes."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest

from assets.actions import move_asset
from core.access import SYSTEM
from core.time import days
from people.models import School, User
from reports import actions
from reports.models import Report
from reports.render.pdf import NothingFetcher, lay_out
from tests.factories import make_asset
from tests.reports.conftest import Ledger, content
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]


@pytest.fixture
def printed(report_of: Make, fay: User, tmp_path: Path) -> tuple[Report, Path]:
    report = report_of(fay, formats=["pdf", "csv"])
    path = tmp_path / "r1.pdf"
    path.write_bytes(content(report, "pdf"))
    return report, path


def words_of(path: Path) -> str:
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_it_is_clean_for_archives_and_for_screen_readers(printed: tuple[Report, Path]) -> None:
    said = judge(printed[1], "3a", "ua1")
    assert [line.rsplit(" ", 1)[0] for line in said.splitlines()] == [
        "3a compliant",
        "ua1 compliant",
    ]


def test_the_judge_finds_what_is_broken(printed: tuple[Report, Path]) -> None:
    with pikepdf.open(printed[1], allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(printed[1])
    said = judge(printed[1], "3a", "ua1")
    assert "3a broken" in said and "ua1 broken" in said


def test_it_has_language_title_tags_bookmarks_and_both_claims(printed: tuple[Report, Path]) -> None:
    with pikepdf.open(printed[1]) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked) and "/StructTreeRoot" in pdf.Root
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == "Federal property record: ARP ESSER 2021"
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root[0].children]
        assert {
            "Exceptions first",
            "Totals by school",
            "Lincoln Middle School",
            "Washington Elementary",
            "Certification",
        } <= set(titles)
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfuaid:part>1<" in xmp and "3" in xmp and "pdfaid" in xmp


def test_its_rows_travel_with_it_and_add_up(printed: tuple[Report, Path]) -> None:
    report, path = printed
    with pikepdf.open(path) as pdf:
        rows = pdf.attachments["rows.csv"].get_file().read_bytes()
    assert rows == content(report, "csv")
    parsed = list(csv.DictReader(io.StringIO(rows.decode("utf-8-sig"))))
    assert sum(Decimal(r["Federal amount"]) for r in parsed) == Decimal("6515.00")
    words = words_of(path)
    assert "$6,515.00" in words and "$6,715.00" in words


def test_the_cover_says_what_it_is_and_how_to_check_it(
    printed: tuple[Report, Path], fay: User
) -> None:
    report, path = printed
    words = words_of(path)
    number, digest = actions.stored_dataset(report).head
    for part in (
        report.number,
        "S425U210035",
        "84.425U",
        "RVRBND123456",
        "State Department of Education",
        "Fay",
        f"{number}:",
        "page 1 of 5",
        "I certify",
    ):
        assert part in words, part
    solid = words.replace(" ", "")
    assert report.sha256 in solid and digest in solid


def test_remade_later_it_has_the_same_bytes(
    printed: tuple[Report, Path], ledger: Ledger, washington: School
) -> None:
    report, path = printed
    back = days.now() - timedelta(days=90)
    move_asset(ledger.panel, to=washington.rooms.get(code="102"), by=SYSTEM, at=back)
    again = Report.objects.select_related("owner", "award__program", "school").get(pk=report.pk)
    assert actions.remake(again, "pdf") == path.read_bytes()


def test_nothing_is_printed_beyond_the_margins(
    ledger: Ledger, lincoln: School, report_of: Make, fay: User
) -> None:
    make_asset(
        school=lincoln,
        tag="0000000000000000000000000047",
        serial="SN" + "0123456789" * 5,
        unit=ledger.untagged[0],
        at=ledger.began,
        use="x" * 60,
        title_holder="Somebody else entirely",
        description="A description that goes on and on, " * 6,
    )
    dataset = actions.stored_dataset(report_of(fay))
    document = lay_out(dataset, number="R1-1", made_at=days.now(), made_by="Fay", verify_url="")
    boxes = 0
    for page in document.pages:
        box = page._page_box
        left, right = box.content_box_x() - 1, box.content_box_x() + box.width + 1
        for found in box.descendants():
            if type(found).__name__ in ("TableBox", "TableCellBox", "TextBox"):
                boxes += 1
                assert left <= found.position_x, found
                assert found.position_x + found.margin_width() <= right, found
    assert boxes > 200


def test_each_page_says_which_award_and_school_it_is_of(printed: tuple[Report, Path]) -> None:
    from pypdf import PdfReader

    cover, first, *pages = (page.extract_text() for page in PdfReader(printed[1]).pages)
    assert "ARP ESSER 2021 · Lincoln Middle School" in pages[0]
    assert "ARP ESSER 2021 · Washington Elementary" in pages[1]
    assert "·" not in pages[-1].partition("Certification")[0]
    assert "Federal property record" in cover and "ARP ESSER 2021" in first


def test_the_cover_reconciles_with_the_ledger(printed: tuple[Report, Path]) -> None:
    words = words_of(printed[1])
    # Five things and the two units that nobody tagged make all that the award pays.
    assert "Received, no item in the register 2, $600.00" in words
    assert "All shares of the award in the ledger $7,115.00" in words
    assert "Equipment and supplies" in words and "equipment 1 $5,415.00" in words


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1/", "https://example.org/x.png", "ftp://x/y"]
)
def test_the_renderer_reaches_no_file_and_no_network(address: str) -> None:
    with pytest.raises(ValueError):
        NothingFetcher().fetch(address)
