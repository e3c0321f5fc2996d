"""A school or a room is put out of use, and back, on its page."""

from collections.abc import Callable

import pytest
from django.test import Client

from people.models import Room, School, User
from tests.forms import sent

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.mark.parametrize("noun", ["schools", "rooms"])
def test_ana_puts_it_out_of_use_and_back(
    noun: str, ana: User, client_of: Of, lincoln: School, room: Room
) -> None:
    row: School | Room = room if noun == "rooms" else lincoln
    client, page = client_of(ana), f"/{noun}/{row.pk}/"
    before = (row.code, row.version)

    def save(**typed: str) -> str:
        html = client.get(f"{page}edit/").content.decode()
        shown = {f.name: f.value() or "" for f in client.get(f"{page}edit/").context["form"]}
        hidden = sent(html, f"{page}edit/", "use")
        assert client.post(f"{page}edit/", shown | hidden | typed).status_code == 302
        row.refresh_from_db()
        return str(client.get(page).content.decode())

    assert "Out of use" in save(use="out")
    assert (row.active, row.code, row.version) == (False, before[0], before[1] + 1)
    save()
    assert (row.active, row.version) == (False, before[1] + 1), "left alone is left alone"
    assert "Out of use" not in save(use="in")
    assert row.active


def test_a_new_one_is_in_use(ana: User, client_of: Of, lincoln: School) -> None:
    for address in ("/schools/new/", f"/schools/{lincoln.pk}/rooms/new/"):
        assert "use" not in client_of(ana).get(address).context["form"].fields
