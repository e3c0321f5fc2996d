"""After the undo of an import each thing is as it was before: each column's part of its state."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assets.actions import (
    assign_asset,
    change_asset,
    change_status,
    move_asset,
    put_back_assets,
    register_asset,
)
from assets.mistakes.standing import Standing
from assets.models import Asset, Category
from core.journal import verify
from integrations.models import ImportSession
from people.models import Person, School, User
from tests.factories import make_asset, make_product
from tests.forms import plan_of
from tests.integrations.conftest import bring, undo, worked
from tests.whole import whole

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
DUE = date(2027, 6, 1)
COLUMNS = {
    "room": "Room\n{tag},LIB",
    "another school's room": "School,Room\n{tag},WAS,101",
    "school": "School\n{tag},WAS",
    "holder": "Assigned To\n{tag},{jamal}",
    "holder and room": "Assigned To,Room\n{tag},{jamal},LIB",
    "status": "Status\n{tag},in repair",
    "status and room": "Status,Room\n{tag},in repair,LIB",
    "condition": "Condition\n{tag},broken",
    "make, serial and notes": "Make,Model,Serial,Notes\n{tag},Acer,New,NEW-1,red",
    "cost": "Cost,PO,Award 1\n{tag},400.00,PO-9,ARP ESSER 2021",
    "seen": "Last verified\n{tag},3/2/2026",
}
STARTS = (
    "unplaced",
    "homeless",
    "received",
    "in a room",
    "used in a room",
    "lent",
    "lent, in a room",
    "in repair",
)
#: What the preview asks about, and how it is answered here.
SETTLE = "held=check_in away=correct other=correct"


def things(lincoln: School, maria: Person, ana: User) -> list[Asset]:
    """One that stands in each of the ways that a thing can."""
    room = lincoln.rooms.get(code="101")
    found = []
    for number, how in enumerate(STARTS):
        tag = f"W-{number}"
        if how in ("unplaced", "homeless", "received"):
            status = "received" if how == "received" else "in_stock"
            asset = register_asset(
                by=ana, tag=tag, product=make_product(), school=lincoln, status=status, legacy=True
            )
            if how == "unplaced":
                asset = change_asset(asset, by=ana, home_room=room)
        else:
            asset = make_asset(school=lincoln, tag=tag, room=room, condition="fair")
        if how == "used in a room":
            change_status(asset, to="in_use", by=ana)
        if how == "in repair":
            change_status(asset, to="in_repair", by=ana)
        if how.startswith("lent"):
            assign_asset(asset, to=maria, by=ana, due_on=DUE)
        if how == "lent, in a room":
            move_asset(asset, to=room, by=ana)
        found.append(asset)
    return found


@pytest.mark.parametrize("column", COLUMNS)
def test_whatever_an_import_changed_is_as_it_was(
    column: str,
    equipment: Category,
    lincoln: School,
    washington: School,
    maria: Person,
    jamal: Person,
    arp: object,
    ana: User,
    client_of: Of,
) -> None:
    assets = things(lincoln, maria, ana)
    before = {a.tag: whole(a) for a in assets}
    head, row = COLUMNS[column].split("\n")
    rows = [
        row.format(tag=a.tag, jamal=jamal.local_id).replace("NEW-1", f"NEW-{a.tag}") for a in assets
    ]
    client = client_of(ana)
    session = brought(client, f"Tag,{head}\n" + "\n".join(rows) + "\n")
    changed = {a.tag for a in assets if whole(a) != before[a.tag]}
    if column not in ("make, serial and notes", "seen"):
        assert changed, list(session.rows.values_list("outcome", "problems"))
    applied = set(session.rows.filter(applied=True).values_list("number", flat=True))
    assert len(applied) >= 4, list(session.rows.values_list("outcome", "problems"))
    assert client.post(reverse("import-act", args=[session.pk, "undo"])).status_code == 302
    session = worked(ImportSession.objects.get())
    assert session.state == "undone", list(session.rows.values_list("problems", flat=True))
    assert {a.tag: whole(a) for a in assets} == before
    assert verify.verify().findings == []


def brought(client: Client, text: str) -> ImportSession:
    """A file brought in on the page, its questions answered."""
    file = SimpleUploadedFile("file.csv", text.encode())
    asked = {"kind": "assets", "file": file, "school": "LIN", "category": "Equipment"}
    url = client.post("/imports/", asked)["Location"]
    worked(ImportSession.objects.get())
    for settled in SETTLE.split():
        kind, choice = settled.split("=")
        if f'id="conflict-{kind}"' in client.get(url).content.decode():
            assert (
                client.post(f"{url}conflicts/", {"kind": kind, "choice": choice}).status_code == 302
            )
            worked(ImportSession.objects.get())
    assert client.post(f"{url}apply/", plan_of(client, url)).status_code == 302
    return worked(ImportSession.objects.get())


def test_many_are_put_back_by_as_many_queries_as_few(
    equipment: Category, lincoln: School, maria: Person, jamal: Person, ana: User
) -> None:
    def queries(tags: list[str]) -> int:
        lent = [make_asset(school=lincoln, tag=t) for t in tags]
        stood = [Standing.of(a) for a in lent]
        for a in lent:
            assign_asset(a, to=maria, by=ana, due_on=DUE)
        with CaptureQueriesContext(connection) as asked:
            put_back_assets(list(zip(lent, stood, strict=True)), by=ana)
        return len(asked)

    queries(["Q-0"])
    assert queries(["Q-1"]) == queries(["Q-2", "Q-3", "Q-4"])


def test_an_import_of_before_that_was_kept_is_undone_by_its_columns(
    equipment: Category, lincoln: School, maria: Person, jamal: Person, ana: User
) -> None:
    room = lincoln.rooms.get(code="101")
    moved, given = (make_asset(school=lincoln, tag=tag, room=room) for tag in ("V-3", "V-4"))
    lent = make_asset(school=lincoln, tag="V-5", room=room)
    assign_asset(lent, to=maria, by=ana)
    before = [whole(a) for a in (moved, given, lent)]
    session = bring(
        "Tag,Room,Assigned To,Status\n"
        f"V-3,LIB,,in repair\nV-4,,{jamal.local_id},\nV-5,,{jamal.local_id},\n",
        by=ana,
    )
    for row in session.rows.all():
        del row.before["stood"]
        row.save(update_fields=["before"])
    undo(session, by=ana)
    assert [whole(a) for a in (moved, given, lent)] == before
