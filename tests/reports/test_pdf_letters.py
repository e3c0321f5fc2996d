"""Names in the printed record: markup is never obeyed, and no letter is missing unsaid."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.access import SYSTEM
from people.models import User
from reports.models import Report
from tests.reports.conftest import Ledger, content
from tests.reports.test_pdf import words_of
from tests.reports.verapdf import judge

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]


def test_markup_in_a_name_is_printed_and_never_obeyed(
    ledger: Ledger, report_of: Make, fay: User, tmp_path: Path
) -> None:
    from assets.actions import change_asset

    evil = '<img src="file:///etc/passwd"><script>alert(1)</script>=HYPERLINK("http://x")'
    change_asset(ledger.split, by=SYSTEM, description=evil)
    path = tmp_path / "evil.pdf"
    path.write_bytes(content(report_of(fay, formats=["pdf"]), "pdf"))
    assert "<script>alert(1)</script>" in words_of(path).replace(" ", "")
    assert "root:" not in words_of(path)


def test_letters_of_other_scripts_are_drawn_or_said_to_be_missing(
    ledger: Ledger, report_of: Make, fay: User, tmp_path: Path
) -> None:
    from assets.actions import change_asset

    names = ["Nguyễn", "Łukasz", "Дмитрий", "\u0531", "王小明", "김민준", "अमित", "አበበ", "محمد"]
    nobodys = "\ue123"  # for private use: no font has it
    change_asset(ledger.split, by=SYSTEM, description=" ".join([*names, nobodys]))
    report = report_of(fay, formats=["pdf", "csv"])
    path = tmp_path / "letters.pdf"
    path.write_bytes(content(report, "pdf"))
    words = words_of(path)
    assert all(name in words for name in names[:6]), words
    assert words.count("▯") == 2, "beside the item, and in the note"
    assert "the attached rows have it" in words
    assert nobodys in content(report, "csv").decode()
    assert judge(path, "3a").startswith("3a compliant")
    assert judge(path, "ua1").startswith("ua1 compliant")
