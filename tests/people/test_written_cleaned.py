"""Who cleans notes and files that name somebody, and that nothing else is cleaned."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import change_asset
from assets.models import Asset
from core import forgetting
from core.models import Attachment
from core.problems import Refused, Stale
from people.actions import clean_written
from people.models import Person, School, User
from tests.factories import make_asset
from tests.people.conftest import LAST, NAME, attach
from tests.people.test_written import cleaned, erased, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]

Browser = Callable[[User | None], Client]


# Who may


@pytest.mark.parametrize(
    ("who", "status"),
    [("tom", 403), ("fay", 403), ("vic", 403), ("rob", 403), ("ned", 404), ("ada", 404)],
)
def test_nobody_but_an_administrator_reads_or_cleans(
    who: str,
    status: int,
    cast: dict[str, User | None],
    everywhere: Client,
    zephyrine: Person,
    client_of: Browser,
    api_of: Callable[..., Client],
) -> None:
    erased(zephyrine)
    client, url = client_of(cast[who]), f"/people/{zephyrine.pk}/written/"
    answer = client.get(url)
    assert answer.status_code == status and LAST not in answer.content.decode()
    written = told(zephyrine)["assets.asset.description"]
    assert cleaned(client, zephyrine, written, "blank") == status
    api = api_of(cast[who])
    assert api.get(f"/api/v1/people/{zephyrine.pk}/written").status_code == status
    assert told(zephyrine)["assets.asset.description"].text == written.text


def test_ana_cannot_blank_what_is_not_on_the_list(
    ana: User, zephyrine: Person, laptop: Asset, client_of: Browser
) -> None:
    change_asset(laptop, by=ana, description="A fine laptop")
    place = forgetting.Place("assets.asset", laptop.pk, "description")
    written = forgetting.look([place], ana)[0]
    assert cleaned(client_of(ana), zephyrine, written, "blank") == 404
    for label, column in (
        ("assets.asset", "tag"),
        ("people.person", "last_name"),
        ("no.table", "x"),
    ):
        odd = forgetting.Written(forgetting.Place(label, laptop.pk, column), "", "", "", "", ())
        assert cleaned(client_of(ana), zephyrine, odd, "blank") == 404
    laptop.refresh_from_db()
    assert laptop.description == "A fine laptop"


def test_a_note_that_changed_meanwhile_is_not_blanked(
    ana: User, zephyrine: Person, laptop: Asset
) -> None:
    change_asset(laptop, by=ana, description=f"of {NAME}")
    erased(zephyrine)
    written = told(zephyrine)["assets.asset.description"]
    change_asset(Asset.objects.get(pk=laptop.pk), by=ana, description="Repaired in May")
    person = Person.objects.get(pk=zephyrine.pk)
    with pytest.raises(Stale):
        clean_written(person, written.place, act="blank", seen=written.seen, by=ana)
    laptop.refresh_from_db()
    assert laptop.description == "Repaired in May"
    fresh = told(zephyrine)["assets.asset.description"]
    assert clean_written(person, written.place, act="blank", seen=fresh.seen, by=ana)
    with pytest.raises(Stale):
        clean_written(person, written.place, act="blank", seen=fresh.seen, by=ana)


def test_a_note_is_no_file(ana: User, zephyrine: Person, laptop: Asset) -> None:
    change_asset(laptop, by=ana, description=f"of {NAME}")
    written = told(zephyrine)["assets.asset.description"]
    with pytest.raises(Refused) as refused:
        clean_written(zephyrine, written.place, act="remove", seen=written.seen, by=ana)
    assert refused.value.problems[0].code == "not-erasable"


def test_the_same_file_of_another_record_stays_and_it_is_said(
    ana: User, zephyrine: Person, laptop: Asset, lincoln: School, client_of: Browser
) -> None:
    client, other = client_of(ana), make_asset(school=lincoln, tag="MV000400")
    attach(client, laptop, f"{NAME}.txt", b"the rules of the loan")
    attach(client, other, "rules.txt", b"the rules of the loan")
    erased(zephyrine)
    written = told(zephyrine)["core.attachment.name"]
    url = f"/people/{zephyrine.pk}/written/"
    sent = {
        "table": "core.attachment",
        "id": written.place.pk,
        "column": "name",
        "act": "remove",
        "seen": written.seen,
    }
    answer = client.post(url, sent, follow=True).content.decode()
    assert "its bytes stay" in answer
    assert client.get(f"/files/{Attachment.objects.get().pk}/").status_code == 200


def test_the_name_of_a_file_can_be_blanked_and_the_file_kept(
    ana: User, zephyrine: Person, laptop: Asset, client_of: Browser
) -> None:
    client = client_of(ana)
    attach(client, laptop, f"{NAME}.txt")
    assert cleaned(client, zephyrine, told(zephyrine)["core.attachment.name"], "blank") == 302
    page = client.get(f"/assets/{laptop.pk}/").content.decode()
    assert ">Agreement</a>" in page and LAST not in page
    assert client.get(f"/files/{Attachment.objects.get().pk}/").status_code == 200
