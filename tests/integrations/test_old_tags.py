"""An old tag, or that of what was merged, means a thing by another tag: the preview names it."""

import pytest

from assets.actions import correct_asset, merge_assets
from assets.models import Asset
from core.access import SYSTEM
from tests.integrations.conftest import Brings, bring, look_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
HEAD = "Tag,Make,Model,Notes\n"


def thing(tag: str) -> Asset:
    return Asset.objects.get(tag=tag)


def said(text: str) -> list[str]:
    return [w for row in look_at(text).rows.order_by("number") for w in row.warnings]


def test_the_thing_of_a_merged_tag_is_named(brings: Brings) -> None:
    bring(HEAD + "M1,HP,One,\nM2,HP,One,\n")
    merge_assets(thing("M2"), into=thing("M1"), by=SYSTEM, reason="The same")
    session = brings(HEAD + "M2,HP,One,seen\n")
    (sentence,) = session.rows.get().warnings
    assert sentence.startswith("M2 is an old tag, or that of what was merged: the row means ")
    assert "M1" in sentence
    assert thing("M1").description == "seen"


def test_the_thing_of_an_old_tag_is_named_and_its_own_asks_for_no_word() -> None:
    bring(HEAD + "M1,HP,One,\n")
    correct_asset(thing("M1"), by=SYSTEM, reason="Wrong", tag="M9")
    assert "the row means" in " ".join(said(HEAD + "M1,HP,One,\n"))
    assert said(HEAD + "m9,HP,One,\n") == []
