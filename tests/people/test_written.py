"""Notes, reasons and files that name somebody are listed, stay listed, and can be cleaned for
good."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assets.actions import change_asset
from assets.models import Asset, Disposal
from core import files, forgetting
from core.access import SYSTEM
from core.journal import verify
from core.models import Attachment, Entry, EntryWords, StoredFile
from core.problems import Refused
from core.time import days
from funding.models import Purchase
from people.actions import change_room, clean_written, create_room, erase_person
from people.models import Person, School, User
from people.rules.written import places_of
from tests.factories import make_asset
from tests.forgotten import traces
from tests.people.conftest import FIRST, ID, LAST, NAME, PLACES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]

Browser = Callable[[User | None], Client]


def erased(person: Person, by: Any = SYSTEM) -> Person:
    return erase_person(Person.objects.get(pk=person.pk), by=by, reason="Asked for.")


def told(person: Person) -> dict[str, forgetting.Written]:
    found = places_of(Person.objects.get(pk=person.pk))
    return {f"{w.place.label}.{w.place.column}": w for w in forgetting.look(found.all, SYSTEM)}


def cleaned(client: Client, person: Person, written: forgetting.Written, act: str) -> int:
    place = written.place
    sent = {"table": place.label, "id": place.pk, "column": place.column, "seen": written.seen}
    return client.post(f"/people/{person.pk}/written/", sent | {"act": act}).status_code


def test_everything_that_names_her_is_listed_before_and_after_and_cleaned_for_good(
    everywhere: Client, zephyrine: Person, laptop: Asset
) -> None:
    assert set(told(zephyrine)) == PLACES
    page = everywhere.get(f"/people/{zephyrine.pk}/erase/").content.decode()
    assert f"Screen broken by {NAME}" in page and f'href="/assets/{laptop.pk}/"' in page
    assert page.count("Blank this note") >= len(PLACES) and "Remove this file for good" in page
    # One is cleaned before: it is on no list any more.
    assert cleaned(everywhere, zephyrine, told(zephyrine)["funding.purchase.note"], "blank") == 302
    assert Purchase.objects.get(number="PO-9").note == ""
    assert set(told(zephyrine)) == PLACES - {"funding.purchase.note"}
    erased(zephyrine)
    after = everywhere.get(f"/people/{zephyrine.pk}/").content.decode()
    assert f'href="/people/{zephyrine.pk}/written/"' in after
    listed = everywhere.get(f"/people/{zephyrine.pk}/written/").content.decode()
    assert f"Screen broken by {NAME}" in listed
    assert traces(LAST, ID), "the notes are still there"
    while left := told(zephyrine):
        written = next(iter(left.values()))
        act = "remove" if "remove" in written.acts else "blank"
        assert cleaned(everywhere, zephyrine, written, act) == 302
        assert written.text not in {w.text for w in told(zephyrine).values()} or act == "blank"
    assert "Nothing is left" in everywhere.get(f"/people/{zephyrine.pk}/written/").content.decode()
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists() and not [
        p for p in Path(files.path_of("0" * 64)).parent.parent.rglob("*") if p.is_file()
    ]
    assert Disposal.objects.get().recipient == "" and not Disposal.objects.get().salt
    words = EntryWords.objects.filter(blanked_at__isnull=False)
    assert words and not words.exclude(words="", salt="").exists()
    forgetting.tidy_now()
    assert traces(LAST, FIRST, ID) == []
    assert verify.verify().findings == []
    assert everywhere.get("/activity/").status_code == 200


def test_the_entry_of_the_erasure_holds_places_and_no_names(
    everywhere: Client, zephyrine: Person
) -> None:
    erased(zephyrine)
    data = Entry.objects.get(kind="person.erased").data
    assert len(data["written"]) >= len(PLACES) and LAST not in str(data)
    assert all(isinstance(pk, int) for _label, pk, _column in data["written"])


def test_a_last_name_alone_is_listed_as_perhaps_somebody_elses(
    ana: User, zephyrine: Person, laptop: Asset, lincoln: School, client_of: Browser
) -> None:
    change_asset(laptop, by=ana, description=f"Spare of Mr. {LAST}")
    other = make_asset(school=lincoln, tag="MV000200")
    change_asset(other, by=ana, description=f"{LAST}ville, {FIRST} alone")
    page = client_of(ana).get(f"/people/{zephyrine.pk}/erase/").content.decode()
    assert "perhaps somebody else of that name" in page and "alone" not in page


def test_so_many_last_names_are_counted_and_not_listed(
    zephyrine: Person,
    lincoln: School,
    ana: User,
    monkeypatch: pytest.MonkeyPatch,
    client_of: Browser,
) -> None:
    from core.forgetting import typed

    monkeypatch.setattr(typed, "MOST_PERHAPS", 1)
    for n in range(3):
        asset = make_asset(school=lincoln, tag=f"MV00030{n}")
        change_asset(asset, by=ana, description=f"of {LAST}" if n else f"of {NAME}")
    page = client_of(ana).get(f"/people/{zephyrine.pk}/erase/").content.decode()
    assert f"of {NAME}" in page and "1 more places" in page
    erased(zephyrine)
    assert (
        "1 more places" in client_of(ana).get(f"/people/{zephyrine.pk}/written/").content.decode()
    )


# What cannot be cleaned, and what stays


@pytest.mark.untrue(reason="an entry as an older release wrote it")
def test_reasons_of_an_older_release_are_listed_and_said_to_stay(
    ana: User, zephyrine: Person, laptop: Asset, client_of: Browser
) -> None:
    now = days.now()
    Entry.objects.bulk_create(
        [
            Entry(
                pk=0,
                kind="asset.corrected",
                subject_type="assets.asset",
                subject_id=laptop.pk,
                effective_at=now,
                recorded_at=now,
                via="page",
                data={"reason": f"{NAME} lost it"},
            )
        ]
    )
    written = told(zephyrine)["core.entry.reason"]
    assert written.acts == () and written.where
    page = client_of(ana).get(f"/people/{zephyrine.pk}/erase/").content.decode()
    assert f"{NAME} lost it" in page and "it cannot be erased" in page
    erased(zephyrine)
    with pytest.raises(Refused) as refused:
        clean_written(
            Person.objects.get(pk=zephyrine.pk),
            written.place,
            act="blank",
            seen=written.seen,
            by=ana,
        )
    assert refused.value.problems[0].code == "not-erasable"


def test_a_room_called_after_her_is_listed_and_said_to_be_renamed(
    ana: User, zephyrine: Person, lincoln: School, client_of: Browser
) -> None:
    room = create_room(lincoln, "114", name=f"{FIRST} {LAST} 114", by=ana)
    create_room(lincoln, "115", name=f"{LAST}burg", by=ana)
    written = told(zephyrine)["people.room.name"]
    assert (written.acts, written.place.pk) == ((), room.pk)
    page = client_of(ana).get(f"/people/{zephyrine.pk}/erase/").content.decode()
    assert f"{FIRST} {LAST} 114" in page and "call it otherwise there" in page
    assert f"{LAST}burg" not in page
    with pytest.raises(Refused):
        clean_written(zephyrine, written.place, act="blank", seen=written.seen, by=ana)
    change_room(room, by=ana, name="Art")
    assert "people.room.name" not in told(zephyrine)
