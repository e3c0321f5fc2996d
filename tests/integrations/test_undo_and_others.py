"""Undo of an import takes nobody else's word back: what others said since stays, and is named."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assets.actions import change_asset
from assets.models import Asset
from core.journal import verify
from core.problems import Refused
from core.time import days
from funding.actions import (
    ShareDraft,
    ask_unit,
    create_award,
    decide,
    reclassify,
    set_unit_cost,
    share_unit,
    void_units,
)
from funding.models import Award, Unit, UnitShare
from integrations.models import ImportSession
from people.models import User
from tests.funding.test_second_person import all_of
from tests.integrations.conftest import bring, undo, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "district")]
FILE = "Tag,Make,Model,Acquired,Cost,Award\nL1,Zeta,Z1,2022-07-01,611.11,{award}\n"
SINCE = date(2025, 1, 1)
WHY = "As the board decided"
Act = Callable[[Unit, Award, Award, User, User], Any]


def of(tag: str = "L1") -> Unit:
    unit = Asset.objects.select_related("unit").get(tag=tag).unit
    assert unit is not None
    return unit


def money(unit: Unit) -> Any:
    """What is known of its money."""
    assert verify.verify().findings == []
    rows = UnitShare.objects.known().filter(unit=unit).order_by("pk")
    cost = Unit.objects.values_list("cost", "voided_at").get(pk=unit.pk)
    return cost, list(rows.values_list("award", "amount", "valid_from", "valid_to"))


def stands(session: ImportSession, said: str) -> None:
    """Undone, its row stays and is named."""
    assert not session.rows.filter(undone=True).exists()
    assert why(session) == said


OTHERS: dict[str, Act] = {
    "an approved reclassification": lambda unit, arp, local, fay, ana: decide(
        ask_unit(unit, all_of(local), by=fay, reason=WHY, at=days.start_of_day(SINCE)),
        by=ana,
        approve=True,
    ),
    "approved: nobody pays": lambda unit, arp, local, fay, ana: decide(
        ask_unit(unit, [], by=fay, reason=WHY), by=ana, approve=True
    ),
    "approved: it was as it is": lambda unit, arp, local, fay, ana: decide(
        ask_unit(unit, all_of(arp), by=fay, reason=WHY), by=ana, approve=True
    ),
    "a cost": lambda unit, arp, local, fay, ana: set_unit_cost(
        unit, Decimal("750.25"), by=fay, reason=WHY
    ),
}


@pytest.mark.parametrize("act", OTHERS)
def test_what_a_second_person_or_an_officer_said_stays(
    arp: Award, local: Award, fay: User, ana: User, act: str
) -> None:
    session = bring(FILE.format(award=arp.name), by=ana)
    OTHERS[act](of(), arp, local, fay, ana)
    before = money(of())
    stands(undo(session, by=ana), "What pays for L1 changed since.")
    assert money(of()) == before
    # And the file with another award, which would give it to that, finds it as it stands: what was
    # decided stays, and where nobody pays any more, that award does since then.
    bring(FILE.format(award=local.name), by=ana)
    cost, shares = before
    ended = [until for *_paid, until in shares]
    if None not in ended:
        shares = [*shares, (local.pk, Decimal("611.11"), max(ended), None)]
    assert money(of()) == (cost, shares)


def test_the_action_itself_takes_no_decision_of_two_back(
    arp: Award, local: Award, fay: User, ana: User
) -> None:
    bring(FILE.format(award=arp.name), by=ana)
    unit = of()
    OTHERS["an approved reclassification"](unit, arp, local, fay, ana)
    change_asset(Asset.objects.get(tag="L1"), by=ana, unit=None, reason=WHY)
    with pytest.raises(Refused) as error:
        void_units([unit], by=ana, reason=WHY, undoing=True)
    assert [p.code for p in error.value.problems] == ["approval-required"]


def test_who_pays_for_a_unit_without_an_award_is_an_officer_s_word(
    local: Award, fay: User, ana: User
) -> None:
    session = bring("Tag,Make,Model,Cost\nL1,Zeta,Z1,700.00\n", by=ana)
    parts = [ShareDraft(local, Decimal("400.00"))]
    share_unit(of(), parts, by=fay, at=None, reason="")
    before = money(of())
    stands(undo(session, by=ana), "What pays for L1 changed since.")
    assert money(of()) == before


@pytest.mark.parametrize("what", ["cost", "award"])
def test_what_an_import_changed_of_a_unit_and_an_officer_since_stays(
    local: Award, fay: User, ana: User, what: str
) -> None:
    bring("Tag,Make,Model,Cost\nL1,Zeta,Z1,100.00\n", by=ana)
    told = "120.00," if what == "cost" else f"100.00,{local.name}"
    session = bring(f"Tag,Cost,Award\nL1,{told}\n", by=ana, name="later.csv")
    if what == "cost":
        set_unit_cost(of(), Decimal("150.25"), by=fay, reason=WHY)
    else:
        boosters = create_award(by=ana, program=local.program, name="Boosters")
        reclassify([of()], all_of(boosters), by=fay, reason=WHY)
    before = money(of())
    stands(undo(session, by=ana), "What pays for L1 changed since.")
    assert money(of()) == before


def test_imports_are_undone_in_the_order_of_their_coming(local: Award, ana: User) -> None:
    """What a later import said and took back is no change since."""
    first = bring("Tag,Make,Model,Cost\nL1,Zeta,Z1,100.00\n", by=ana)
    second = bring(f"Tag,Cost,Award\nL1,120.00,{local.name}\n", by=ana, name="later.csv")
    unit = of()
    stands(undo(first, by=ana), "What pays for L1 changed since.")
    undo(second, by=ana)
    (cost, _voided), shares = money(unit)
    assert (cost, shares) == (Decimal("100.00"), [])
    undo(first, by=ana)
    assert not Asset.objects.active().exists()
    assert money(unit)[0][1], "and its unit is void"
