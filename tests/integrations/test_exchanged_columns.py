"""A list whose columns of tags and serial numbers changed places makes no thing twice."""

import pytest

from assets.models import Asset
from people.models import School, User
from tests.factories import make_asset
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Tag,Serial,Make,Model\n"
HERE = f"{HEAD}OT-200,OTS200,HP,M1\nOT-300,OTS300,HP,M1\nOT-400,OTS400,HP,M1\n"
TURNED = f"{HEAD}OTS200,OT-200,HP,M1\nOTS500,OT-500,HP,M1\nOTS300,OT-300,HP,M1\nOT-400,OTS400,,\n"


def test_it_is_asked_once_for_all_rows_and_they_come_in_by_the_right_columns(
    brings: Brings, ana: User
) -> None:
    bring(HERE)
    asked = look_at(TURNED)
    assert [r.conflict for r in asked.rows.order_by("number")] == ["swapped"] * 3 + [""]
    assert "exchanged" in why(asked) and "OT-200" in why(asked)
    session = brings(TURNED, "swapped=that")
    assert outcomes(session) == {"same": 3, "create": 1}, why(session)
    new = Asset.objects.get(tag="OT-500")
    assert (new.serial, Asset.objects.count()) == ("OTS500", 4)
    again = look_at(TURNED, by=ana)
    assert outcomes(again) == {"same": 4}, "answered for its source"


def test_other_things_may_be_called_so(brings: Brings) -> None:
    bring(HERE)
    session = brings(TURNED, "swapped=another")
    assert outcomes(session) == {"create": 3, "same": 1}, why(session)


def test_a_row_may_name_its_thing_by_one_code_in_both_columns() -> None:
    text = f"{HEAD}OT200,OT200,HP,M1\n"
    bring(text)
    assert outcomes(look_at(f"{text}OT300,OT300,HP,M1\n")) == {"same": 1, "create": 1}


def test_things_of_another_school_are_not_told_of(tom: User, washington: School) -> None:
    theirs = make_asset(school=washington, tag="OT-200", serial="OTS200").product
    text = f"{HEAD}OTS200,OT-200,{theirs.make},{theirs.model}\n"
    assert outcomes(look_at(text, by=tom)) == {"create": 1}
