"""The row that somebody chose as the headings is known in the next file of its source."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from integrations.models import ImportSession
from people.models import User
from tests.forms import plan_of
from tests.integrations.conftest import look_at, worked
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
#: Row 1 has most known words, row 2 is meant.
LIST = "Tag,Serial,Model\nThing,Code,What\nA1,S1,One\n"
LATER = "List of,May\n" + LIST.replace("A1,S1", "A2,S2")
SAID = "The headings are those of row 3, as was chosen before for this source."
OTHER = "Tag,Serial,Model\nThing,Code,Kind\nA1,S1,One\n"


@pytest.fixture(params=["command", "page"])
def choose(
    request: pytest.FixtureRequest, tmp_path: Path, ana: User, client_of: Callable[..., Client]
) -> Callable[[], None]:
    """Bring the list and say that row 2 has its headings."""

    def command() -> None:
        path = tmp_path / "file.csv"
        path.write_text(LIST)
        more = {"heading": 2, "email": ana.email, "stdout": io.StringIO()}
        call_command("import_file", "assets", str(path), **more)

    def page() -> None:
        session = look_at(LIST, by=ana)
        data = {f"column-{i}": "" for i in range(3)} | {"heading": "2"}
        client, url = client_of(ana), f"/imports/{session.pk}/"
        client.post(f"{url}map/", data | plan_of(client, url))
        worked(ImportSession.objects.latest("pk"))

    return command if request.param == "command" else page


def test_they_are_known_wherever_they_stand(choose: Callable[[], None], ana: User) -> None:
    choose()
    assert ImportSession.objects.latest("pk").headers == ["Thing", "Code", "What"]
    later = look_at(LATER, by=ana)
    assert later.headers == ["Thing", "Code", "What"]
    assert SAID in notes(later)
    assert later.rows.count() == 1


def test_other_headings_another_source_and_another_person_are_as_found(
    choose: Callable[[], None], ana: User, fay: User
) -> None:
    choose()
    for other in (
        look_at(OTHER, by=ana),
        look_at(LIST, by=ana, name="another.csv"),
        look_at(LIST, by=fay),
    ):
        assert other.headers == ["Tag", "Serial", "Model"]
        assert "as was chosen before" not in notes(other)
