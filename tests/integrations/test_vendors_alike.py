"""A vendor whose name other systems write with other signs."""

import pytest

from funding.models import Vendor
from tests.integrations.conftest import bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Tag,Make,Model,PO,Cost,Vendor\n"


def names() -> set[str]:
    return set(Vendor.objects.values_list("name", flat=True))


@pytest.mark.parametrize("po", ["PO-2", ""])
def test_a_vendor_with_other_signs_is_asked_about(po: str) -> None:
    bring(f"{HEAD}A1,HP,One,PO-1,5,CDW-G\n")
    text = f"{HEAD}A2,HP,One,{po},5,C.D.W. G\n"
    session = look_at(text)
    assert session.rows.get().conflict == "vendor"
    assert "C.D.W. G looks like CDW-G, with other signs" in why(session)
    assert outcomes(bring(text, settle="vendor=that")) == {"create": 1}
    assert names() == {"CDW-G"}


def test_it_may_be_another_also_within_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.actions.apply.BATCH", 1)
    text = f"{HEAD}A1,HP,One,PO-1,5,CDW-G\nA2,HP,One,PO-2,5,CDW G\nA3,HP,One,PO-3,5,CDW\n"
    assert "in row 2" in why(look_at(text))
    assert outcomes(bring(text, settle="vendor=another")) == {"create": 3}
    assert names() == {"CDW-G", "CDW G", "CDW"}
    assert outcomes(look_at(text)) == {"same": 3}
