"""The odd files about what a record prints of shares, long words and holders."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.access import SYSTEM
from core.time import days
from funding.actions import create_award, create_program, grant_award_access
from funding.models import Award, UnitShare
from people.actions import PersonDraft, save_people
from people.models import School, User
from reports.property_record.build import build
from tests.cast import make_user
from tests.integrations.conftest import Of, outcomes, why
from tests.integrations.ways import Bring
from tests.reports.conftest import by_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def funds(lincoln: School) -> dict[str, Award]:
    """The awards that the files name."""
    program = create_program(by=SYSTEM, code="ESSER", name="ESSER", family="ug", aln="84.425D")
    plain = create_program(by=SYSTEM, code="LOCAL", name="Local funds", family="local")
    found = {
        n: create_award(by=SYSTEM, program=program, name=n)
        for n in ("ESSER II 2021-23", "ARP ESSER 2021-24", "Perkins V FY2023")
    }
    return found | {"General fund": create_award(by=SYSTEM, program=plain, name="General fund")}


def test_m4_every_share_shows_in_list_award_and_record_alike(
    brought: Bring, funds: dict[str, Award], fay: User, client_of: Of
) -> None:
    session = brought("m4_split.csv")
    assert outcomes(session) == {"create": 3}
    paid = UnitShare.objects.filter(unit__asset__tag="ZSP1").order_by("pk")
    assert sorted(paid.values_list("amount", flat=True)) == [
        Decimal("33.33"),
        Decimal("33.33"),
        Decimal("33.34"),
    ]
    wanted = {
        "ESSER II 2021-23": {"ZSP1", "ZSP2", "ZSP3"},
        "ARP ESSER 2021-24": {"ZSP1", "ZSP2"},
        "General fund": {"ZSP1"},
    }
    for name, tags in wanted.items():
        award = funds[name]
        page = client_of(fay).get(f"/assets/?award={award.pk}&columns=tag").content.decode()
        assert set(re.findall(r"\bZSP\d\b", page)) == tags
        assert (
            f"<strong>{len(tags)}</strong>"
            in client_of(fay).get(f"/awards/{award.pk}/").content.decode()
        )
        record = _record(award, fay)
        assert set(by_tag(record)) == tags
        said = {
            tag
            for f in record.findings
            if f.code in ("no-share", "share-zero", "cost-zero", "zero-share", "zero-cost")
            for tag in f.tags
        }
        assert {"ZSP2", "ZSP3"} & tags >= said


def test_m4_an_auditor_of_one_award_reads_what_others_pay_as_one_nameless_sum(
    brought: Bring, funds: dict[str, Award], fay: User
) -> None:
    brought("m4_split.csv")
    esser = funds["ESSER II 2021-23"]
    seen = by_tag(_record(esser, _auditor(esser)))["ZSP1"]
    assert seen["other"] == "other awards and funds 66.67%"
    assert seen["other_amount"] == Decimal("66.67")
    told = str(_record(esser, _auditor(esser)))
    assert "ARP ESSER 2021-24" not in told and "General fund" not in told
    whole = by_tag(_record(esser, fay))["ZSP1"]
    assert whole["other"] == "ARP ESSER 2021-24 33.33%; General fund 33.34%"


def test_t1_the_record_prints_long_words_and_every_script(
    brought: Bring, funds: dict[str, Award], fay: User
) -> None:
    session = brought("t1_report_texts.csv")
    assert outcomes(session) == {"create": 5}, why(session)
    rows = by_tag(_record(funds["Perkins V FY2023"], fay).in_words())
    assert set(rows) == {"RT001", "RT002", "RT003", "T" * 64}, "also what cost nothing"
    assert rows["RT002"]["cost"] == Decimal("0.00")
    told = str(rows)
    assert "لوحة ذكية" in told and "小学" in told and "W" * 200 in told


def test_t3_the_record_prints_both_holders_as_pseudonyms(
    brought: Bring, funds: dict[str, Award], lincoln: School, fay: User
) -> None:
    """A heading that mentions a teacher made nobody staff: both are students."""
    brought("p1_homeroom_teacher.csv", "people")
    save_people(
        [PersonDraft(local_id="990601", school=lincoln, first_name="Zoe", last_name="Test")],
        by=SYSTEM,
    )
    session = brought("t3_leak.csv")
    assert outcomes(session) == {"create": 2}, why(session)
    for by in (fay, _auditor(funds["Perkins V FY2023"])):
        record = _record(funds["Perkins V FY2023"], by)
        rows = by_tag(record)
        assert {rows["LK001"]["custodian"], rows["LK002"]["custodian"]} == {"p1", "p2"}
        assert [(p.name, bool(p.pseudonym)) for p in record.people] == [("", True)] * 2
        told = str(record)
        assert not [x for x in ("Mia", "Zoe", "990101", "990601") if x in told]


def _auditor(award: Award) -> User:
    """Somebody who sees this award and no other."""
    user = make_user(f"Auditor{User.objects.count()}", None)
    grant_award_access(award, to=user, by=SYSTEM, ends_on=days.today() + timedelta(days=90))
    return user


def _record(award: Award, by: User) -> Any:
    return build(award, as_of=days.today(), known_at=days.now(), by=by)
