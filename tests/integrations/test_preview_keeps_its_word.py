"""What the preview says a row will do, the import does: the rules of money are asked before."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.models import Asset
from funding.models import Award, UnitShare
from people.models import User
from tests.integrations.conftest import bring, look_at, outcomes, undo
from tests.integrations.untagged import received, why

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("equipment", "lincoln", "arp", "local"),
]
PAID = "Tag,Cost,Award 1,Award 1 percent,Award 1 amount,Award 2,Award 2 amount"


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("A1,100.00,,,50.00,,", "amount_1", "name award 1"),
        ("A1,100.00,,50%,,,", "percent_1", "name award 1"),
        ("A1,,,,50.00,,", "amount_1", "name award 1"),
        ("A1,100.00,General fund,,50.00,,25.00", "amount_2", "name award 2"),
        ("A1,100.00,General fund,50%,60.00,,", "award_1", "not both"),
        ("A1,100.00,General fund,,100.01,,", "award_1", "more than it cost"),
        ("A1,100.00,General fund,,50.00,General fund,1.00", "award_2", "twice"),
    ],
)
def test_fay_is_told_before_that_a_part_of_the_cost_cannot_be_taken(
    ana: User, row: str, column: str, said: str
) -> None:
    session = look_at(f"{PAID}\n{row}\n", by=ana)
    [[name, why]] = session.rows.get().problems
    assert (name, said in why) == (column, True), why


def test_an_empty_share_of_zero_says_nothing(ana: User) -> None:
    session = bring(f"{PAID}\nA1,100.00,General fund,,60.00,,0.00\nA2,,,,0.00,,0\n", by=ana)
    assert outcomes(session) == {"create": 2}
    assert [str(s.amount) for s in UnitShare.objects.all()] == ["60.00"]
    assert Asset.objects.get(tag="A2").unit is None


def test_an_odd_cent_that_the_unit_does_not_cost_is_not_promised(ana: User) -> None:
    received(("Chromebooks", 3, "100.00"))
    text = "Tag,PO,Cost,Award 1,Award 1 amount\nA1,PO-9,33.33,General fund,33.34\n"
    assert [c for [c, _why] in why(look_at(text, by=ana))[2]] == ["award_1"]


def test_a_cost_below_what_awards_pay_is_refused_before(ana: User) -> None:
    bring("Tag,Cost,Award 1,Award 1 amount\nA1,100.00,General fund,80.00\n", by=ana)
    session = look_at("Tag,Cost\nA1,70.00\n", by=ana, name="later.csv")
    [[column, said]] = why(session)[2]
    assert (column, "The awards pay 80.00 of it since" in said) == ("cost", True)


AWARDS = "Award,Program,FAIN,FRN,Period start,Period end\n"


def test_two_awards_of_one_fain_are_refused_before_with_the_row_of_the_other(ana: User) -> None:
    text = f"{AWARDS}A,ARP,S010,,,\nB,ARP,s010,,,\nC,ARP,,77,,\nD,ARP,,77,,\n"
    session = look_at(text, kind="awards", by=ana)
    assert outcomes(session) == {"create": 2, "refused": 2}
    assert {n: p[0][0] for n, p in why(session).items()} == {3: "fain", 5: "frn"}
    assert "row 2" in why(session)[3][0][1]


def test_an_award_of_an_fain_that_is_here_is_refused_before(arp: Award, ana: User) -> None:
    session = look_at(f"{AWARDS}A,ARP,{arp.fain},,,\n", kind="awards", by=ana)
    assert [c for [c, _why] in why(session)[2]] == ["fain"]
    session = look_at(f"{AWARDS}General fund,,{arp.fain},,,\n", kind="awards", by=ana)
    assert [c for [c, _why] in why(session)[2]] == ["fain"]


def test_an_fain_that_one_row_gives_up_the_next_may_have(arp: Award, ana: User) -> None:
    text = f"{AWARDS}{arp.name},,S999,,,\nA,ARP,{arp.fain},,,\n"
    assert outcomes(bring(text, kind="awards", by=ana)) == {"update": 1, "create": 1}


def test_a_period_that_ends_before_it_begins_is_refused_before(ana: User) -> None:
    text = f"{AWARDS}A,ARP,,,2026-07-01,2025-06-30\nGeneral fund,,,,2026-07-01,2025-06-30\n"
    session = look_at(text, kind="awards", by=ana)
    assert {n: p[0][0] for n, p in why(session).items()} == {2: "period_end", 3: "period_end"}


def test_who_may_not_change_awards_is_told_so_before(ned: User) -> None:
    session = look_at(f"{AWARDS}A,ARP,,,,\n", kind="awards", by=ned)
    assert "role" in why(session)[2][0][1]


def test_an_award_of_an_undone_import_comes_back_with_its_file(ana: User) -> None:
    text = f"{AWARDS}A,ARP,S010,,,\n"
    undo(bring(text, kind="awards", by=ana), by=ana)
    assert not Award.objects.get(name="A").active
    again = bring(text, kind="awards", by=ana)
    assert outcomes(again) == {"update": 1}
    assert Award.objects.get(name="A").active
    undo(again, by=ana)
    assert not Award.objects.get(name="A").active


def test_an_award_under_another_program_is_told_and_stays(arp: Award, ana: User) -> None:
    session = bring(f"{AWARDS}{arp.name},Moon money,,,,\n", kind="awards", by=ana)
    [said] = session.rows.get().warnings
    assert said == f"Not taken over: program Moon money (here: {arp.program.name})."
    arp.refresh_from_db()
    assert arp.program.code == "ARP"


def test_the_register_is_asked_once_for_awards_however_many(ana: User) -> None:
    def queries(n: int, name: str) -> int:
        rows = "".join(f"{name}{i},ARP,{name}-{i},,,\n" for i in range(n))
        with CaptureQueriesContext(connection) as context:
            look_at(AWARDS + rows, kind="awards", by=ana)
        return len(context)

    queries(1, "W")  # what is asked once a process
    assert queries(9, "B") <= queries(2, "A")
