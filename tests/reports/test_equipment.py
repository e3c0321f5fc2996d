"""Equipment or supply, at the line and beside it (2 CFR 200.1)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.access import SYSTEM
from core.models import Entry
from core.time import days
from funding.actions import change_award, set_capitalization_level, set_parameter
from funding.models import Award
from people.models import School, User
from reports import actions
from reports.models import Report
from reports.property_record.classify import Classifier
from tests.factories import make_asset, make_purchase
from tests.reports.conftest import Ledger, by_tag

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]
YEARS = 60
DAY = date(2025, 8, 1)


def classifier(level: str = "", own: str = "", ug: str = "5000") -> Classifier:
    levels = [("", date(2015, 7, 1), Decimal(level))] if level else []
    return Classifier([Decimal(u) for u in ug.split()], Decimal(own) if own else None, levels)


@pytest.mark.parametrize(
    ("by", "cost", "kind", "term"),
    [
        (classifier("250"), "300.00", "equipment", "capitalization level"),  # a Chromebook
        (classifier("5000"), "300.00", "supply", "capitalization level"),
        (classifier(), "5000.00", "equipment", "Uniform Guidance"),  # exactly at the line
        (classifier(), "4999.99", "supply", "Uniform Guidance"),
        (classifier(ug="10000"), "9999.99", "supply", "Uniform Guidance"),
        (classifier(ug="10000"), "10000.00", "equipment", "Uniform Guidance"),
        (classifier("5000", own="1000"), "1000.00", "equipment", "award's own line"),
        (classifier("5000", own="1000"), "999.99", "supply", "award's own line"),
        (classifier("250", own="1000"), "250.00", "equipment", "capitalization level"),
        (classifier("7500", own="9000", ug="10000"), "7499.99", "supply", "capitalization level"),
    ],
)
def test_the_lowest_of_three_terms_decides(by: Classifier, cost: str, kind: str, term: str) -> None:
    said, why = by.classify(Decimal(cost), YEARS, "computer", DAY)
    assert said == kind and term in why


def test_a_year_or_less_of_useful_life_is_a_supply_at_any_cost() -> None:
    by = classifier("250")
    assert by.classify(Decimal(9000), 12, "", DAY)[0] == "supply"
    assert by.classify(Decimal(9000), 13, "", DAY)[0] == "equipment"
    assert by.classify(None, 12, "", DAY)[0] == "supply"


def test_what_is_not_known_is_said_and_never_guessed() -> None:
    assert classifier().classify(None, YEARS, "", DAY) == ("cannot tell", "unit cost unknown")
    assert classifier(ug="").classify(Decimal(9), YEARS, "", DAY)[0] == "cannot tell"
    levels = [("", date(2015, 7, 1), Decimal(250)), ("", date(2020, 7, 1), Decimal(5000))]
    by = Classifier([Decimal(5000)], None, levels)
    assert by.classify(Decimal(300), YEARS, "", date(2019, 1, 1))[0] == "equipment"
    assert by.classify(Decimal(300), YEARS, "", date(2021, 1, 1))[0] == "supply"
    said, why = by.classify(Decimal(300), YEARS, "", None)
    assert said == "cannot tell" and "acquisition date" in why
    assert by.classify(Decimal(200), YEARS, "", None)[0] == "supply"
    assert by.classify(Decimal(5000), YEARS, "", None)[0] == "equipment"


def test_the_level_of_its_own_class_goes_before_that_of_all() -> None:
    levels = [("", date(2015, 7, 1), Decimal(5000)), ("computer", date(2015, 7, 1), Decimal(250))]
    by = Classifier([Decimal(5000)], None, levels)
    assert by.classify(Decimal(300), YEARS, "computer", DAY)[0] == "equipment"
    assert by.classify(Decimal(300), YEARS, "furniture", DAY)[0] == "supply"


def test_a_later_parameter_changes_no_verdict_of_an_award_issued_before(
    ledger: Ledger, report_of: Make, fay: User
) -> None:
    change_award(ledger.award, by=SYSTEM, issued_on=date(2021, 3, 24))
    before = report_of(fay)
    set_parameter("equip_threshold", "ug pre2024", "50", by=SYSTEM, starts_on=date(2026, 1, 1))
    set_capitalization_level(Decimal(50), by=SYSTEM, starts_on=date(2026, 1, 1))
    assert actions.recompute(before).same
    rows = by_tag(actions.stored_dataset(report_of(fay)))
    assert (rows["R101"]["class"], rows["R100"]["class"]) == ("supply", "equipment")


def test_a_level_put_right_later_is_as_it_was_believed_in_an_older_report(
    ledger: Ledger, report_of: Make, fay: User
) -> None:
    start = date(2020, 7, 1)
    set_capitalization_level(Decimal(2500), by=SYSTEM, starts_on=start)
    before = report_of(fay)
    set_capitalization_level(Decimal(250), by=SYSTEM, starts_on=start)
    told = Entry.objects.filter(kind="capitalization_level.set").order_by("-pk")[0]
    assert [Decimal(x) for x in told.changes["level"]] == [2500, 250]
    assert actions.recompute(before).same
    assert by_tag(actions.stored_dataset(report_of(fay)))["R101"]["class"] == "equipment"
    believed = report_of(fay, known_at=before.known_at)
    assert by_tag(actions.stored_dataset(believed))["R101"]["class"] == "supply"


def test_what_two_awards_pay_for_is_equipment_by_the_lower_line(
    ledger: Ledger, lincoln: School, local: Award, report_of: Make, fay: User
) -> None:
    change_award(local, by=SYSTEM, equipment_threshold=Decimal(1000))
    at = days.start_of_day(DAY)
    _po, (unit,) = make_purchase(
        quantity=1, amount="1500.00", at=at, shares=[(ledger.award, "50"), (local, "50")]
    )
    make_asset(school=lincoln, tag="R200", unit=unit, at=at + timedelta(days=1))
    row = by_tag(actions.stored_dataset(report_of(fay)))["R200"]
    assert row["class"] == "equipment" and "another award" in str(row["why"])


@pytest.mark.parametrize(
    ("cost", "kind"),
    [
        ("4999.99", "supply"),
        ("5000.00", "cannot tell"),
        ("9999.99", "cannot tell"),
        ("10000.00", "equipment"),
    ],
)
def test_between_the_lines_of_two_texts_nobody_can_tell(cost: str, kind: str) -> None:
    by = classifier(ug="5000 10000")
    said, why = by.classify(Decimal(cost), YEARS, "", DAY)
    assert said == kind
    assert ("$5,000.00" in why and "$10,000.00" in why) == (kind == "cannot tell")
    # A lower line of the district or the award decides whatever the text is.
    assert (
        classifier("250", ug="5000 10000").classify(Decimal(cost), YEARS, "", DAY)[0] == "equipment"
    )


def test_r1_says_where_the_text_cannot_be_told_and_what_hangs_on_it(
    ledger: Ledger, lincoln: School, local: Award, report_of: Make, fay: User
) -> None:
    known = report_of(fay)
    change_award(
        ledger.award,
        by=SYSTEM,
        ug_version="",
        period_start=None,
        issued_on=date(2024, 11, 12),
        period_end=date(2026, 9, 30),
    )
    doubtful = actions.stored_dataset(report_of(fay))
    row = by_tag(doubtful)["R100"]  # of 5,415.00
    assert row["class"] == "cannot tell"
    assert "$5,000.00" in str(row["why"]) and "$10,000.00" in str(row["why"])
    assert by_tag(doubtful)["R101"]["class"] == "supply", "whichever text holds"
    assert [f.tags for f in doubtful.findings if f.code == "text"] == [("R100",)]
    (_rule, text) = doubtful.versions[1]
    assert "cannot tell which text: $5,000 / $10,000" in text
    # Another award in doubt that pays for a thing puts its verdict in doubt, too.
    change_award(ledger.award, by=SYSTEM, federal_award_on=date(2024, 10, 1))
    assert by_tag(actions.stored_dataset(report_of(fay)))["R100"]["class"] == "supply"
    assert actions.recompute(known).same, "as it was believed"
