"""People whom rows of things name, and what became of the rows."""

import pytest

from assets.models import Asset
from core.access import SYSTEM
from integrations.models import ImportSession
from people.actions import PersonDraft, save_people
from people.models import Person, School


def somebody(school: School, local_id: str, name: str, email: str = "", **values: object) -> Person:
    first, _space, last = name.partition(" ")
    draft = PersonDraft(
        local_id=local_id, school=school, first_name=first, last_name=last, email=email, **values
    )  # type: ignore[arg-type]
    save_people([draft], by=SYSTEM)
    return Person.objects.get(local_id=local_id)


@pytest.fixture
def aaliyah(lincoln: School) -> Person:
    return somebody(lincoln, "501", "Aaliyah Abbott", "aabbott@demo.example")


def statuses() -> dict[str, str]:
    return dict(Asset.objects.values_list("tag", "status"))


def why(session: ImportSession) -> dict[int, list[str]]:
    return {r.number: [p for _f, p in r.problems] for r in session.rows.filter(outcome="refused")}
