"""Whoever gets a thing from another school does not learn with whom it was there."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import assign_asset, correct_asset, return_asset
from core.journal import sealing
from core.models import Entry
from people.models import School, User
from tests.factories import make_asset, make_student

pytestmark = pytest.mark.django_db(transaction=True)  # what is sealed is committed
Browser = Callable[[User | None], Client]
Api = Callable[..., Client]


@pytest.mark.parametrize("way", ["corrected", "checked in"])
def test_ned_is_not_told_who_had_it_at_lincoln_nor_tom_who_has_it_now(
    way: str,
    lincoln: School,
    washington: School,
    ana: User,
    ned: User,
    tom: User,
    client_of: Browser,
    api_of: Api,
) -> None:
    ethan = make_student(school=lincoln, first="Ethan", last="Davis")
    camila = make_student(school=washington, first="Camila", last="Abbott")
    asset = make_asset(school=lincoln)
    assign_asset(asset, to=ethan, by=ana)
    library = washington.rooms.get(code="LIB")
    if way == "corrected":
        correct_asset(asset, by=ana, reason="Wrong card", holder=camila, room=library)
    else:
        return_asset(asset, by=ana, room=library)
    sealing.seal_all()
    entry = Entry.objects.of(asset).order_by("-pk")[0]
    assert (entry.school_before_id, entry.school_id) == (lincoln.pk, washington.pk)
    passport = f"/assets/{asset.pk}/"
    told = {
        "Ned's passport": client_of(ned).get(passport).content.decode(),
        "Ned's activity": client_of(ned).get("/activity/").content.decode(),
        "Tom's activity": client_of(tom).get("/activity/").content.decode(),
    }
    assert asset.tag in told["Ned's passport"] and ana.name in told["Ned's passport"]
    for where, text in told.items():
        unseen = camila if where.startswith("Tom") else ethan
        assert unseen.last_name not in text and unseen.pseudonym not in text, where
    for reader, hidden in ((ned, ethan), (tom, camila)):
        rows = api_of(reader).get("/api/v1/journal?limit=200").json()["results"]
        [row] = [r for r in rows if r["kind"] == entry.kind and r["subject_id"] == asset.pk]
        people = {*row["changes"].get("holder", []), *row["changes"].get("person", [])}
        assert hidden.pk not in people, reader
    names = client_of(ana).get(passport).content.decode()
    assert "Ethan" in names, "who sees both schools is told"
