"""A refusal says what is in the way, and names nothing of a school that is not yours."""

from collections.abc import Callable

import pytest

from assets.actions import change_asset, correct_asset, register_asset
from core.access import SYSTEM
from core.problems import Refused
from people.models import School, User
from tests.factories import make_asset, make_product, make_purchase

pytestmark = pytest.mark.django_db


def told(act: Callable[[], object]) -> str:
    """The sentences of a refusal."""
    with pytest.raises(Refused) as error:
        act()
    return " ".join(str(p.message) for p in error.value.problems)


@pytest.mark.parametrize("school", ["lincoln", "washington"])
def test_what_is_in_the_way_is_named_at_home_and_never_next_door(
    school: str, ana: User, lincoln: School, washington: School
) -> None:
    _po, (unit,) = make_purchase(quantity=1)
    there = {"lincoln": lincoln, "washington": washington}[school]
    make_asset(school=there, tag="0042", serial="S-THEIRS", unit=unit)
    ours, product = make_asset(school=lincoln, tag="OURS"), make_product()
    tom = _technician_who_sees_purchases(lincoln)
    acts: dict[str, Callable[[], object]] = {
        "serial": lambda: correct_asset(ours, by=tom, reason="x", serial="S-THEIRS"),
        "new serial": lambda: register_asset(
            by=tom, tag="N-1", serial="S-THEIRS", product=product, school=lincoln
        ),
        "unit": lambda: change_asset(ours, by=tom, unit=unit),
        "alike": lambda: correct_asset(ours, by=tom, reason="x", tag="00042"),
        "new alike": lambda: register_asset(
            by=tom, tag="00042", serial="", product=product, school=lincoln
        ),
    }
    named = {name for name, act in acts.items() if "0042" in told(act).replace("00042", "")}
    assert named == (set(acts) if school == "lincoln" else set())


def _technician_who_sees_purchases(lincoln: School) -> User:
    from people.actions import add_membership
    from people.roles import Role
    from tests.cast import again, make_user

    user = make_user("Tess", Role.TECHNICIAN, lincoln)
    add_membership(user, by=SYSTEM, role=Role.FINANCE, school=lincoln)
    return again(user)
