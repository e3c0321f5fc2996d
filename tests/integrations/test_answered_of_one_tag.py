"""Two rows with one tag that is taken: each is asked, and one tag is not two things."""

import pytest

from assets.models import Asset
from tests.integrations.conftest import Brings, outcomes, why
from tests.integrations.test_answered_before import laptop, shape

__all__ = ["laptop"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
HEAD = "Asset Tag,Serial,Make,Model,School\n"
OTHER = HEAD + "L-1,OTHER001,Acer,C311,LIN\n"
THERE = ("L-1", "LAPTOP01", "Acer", "C311")


TWICE = OTHER + "L-1,OTHER002,Acer,C311,LIN\n"


def test_two_rows_with_one_taken_tag_are_both_asked(brings: Brings, laptop: Asset) -> None:
    session = brings(TWICE)
    assert outcomes(session) == {"refused": 2}
    assert [r.conflict for r in session.rows.order_by("number")] == ["other", "other"]
    assert "The same item stands" not in why(session)
    assert outcomes(brings(TWICE, "other=retag")) == {"create": 2}
    tags = set(Asset.objects.filter(serial__startswith="OTHER").values_list("tag", flat=True))
    assert len(tags) == 2
    assert "L-1" not in tags
    assert outcomes(brings(TWICE)) == {"same": 2}
    assert (Asset.objects.count(), shape(laptop)) == (3, THERE)


def test_one_tag_is_not_two_things(brings: Brings, laptop: Asset) -> None:
    session = brings(TWICE, "other=correct")
    assert outcomes(session) == {"update": 1, "refused": 1}
    assert "The same item stands in row 2." in why(session)
    new = HEAD + "N-1,NEWER001,Acer,C311,LIN\nN-1,NEWER002,Acer,C311,LIN\n"
    session = brings(new)
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "The same item stands in row 2." in why(session)
    row = "L-1,,Epson,EB9,LIN\n"
    session = brings(HEAD + row + row, "other=retag")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "The same item stands in row 2." in why(session)
