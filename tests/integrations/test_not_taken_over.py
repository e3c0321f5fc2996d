"""What a file says of a thing or an award that is here is taken over, refused or told: for every
column that a file can have."""

import pytest

from assets.actions import create_category
from assets.models import Asset
from core.access import SYSTEM
from funding.models import Award
from integrations.kinds import KINDS
from integrations.models import ImportSession
from people.models import Person, School, User
from tests.integrations.conftest import bring, look_at, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln", "washington")]

#: What another list says of each field of a thing that is as in HERE.
OTHERWISE = {
    "tag": "Z9",
    "serial": "S-99999",
    "make": "HP",
    "model": "Y",
    "make_and_model": "HP Y",
    "category": "Laptop",
    "description": "red",
    "school": "WAS",
    "school_2": "WAS",
    "school_3": "WAS",
    "building": "Annex",
    "room": "102",
    "placed": "Nowhere",
    "holder": "{jamal}",
    "holder_email": "nobody@example.org",
    "holder_first": "Somebody",
    "holder_last": "Else",
    "out_to": "nobody",
    "status": "in repair",
    "condition": "poor",
    "last_verified_on": "2025-07-01",
    "acquired_on": "2024-07-01",
    "received_on": "2024-08-20",
    "loaned_on": "2025-10-01",
    "deployed_on": "2025-10-02",
    "status_on": "2025-10-01",
    "disposed_on": "2025-10-01",
    "cost": "120.00",
    "quantity": "3",
    "extended_cost": "120.00",
    "po": "PO-2",
    "invoice": "I-2",
    "vendor": "Dell",
    "title_holder": "State",
    "use": "Reading",
    "award_1": "ARP ESSER 2021",
    "award_2": "ARP ESSER 2021",
    "award_3": "ARP ESSER 2021",
    **{f"{part}_{n}": "50" for part in ("amount", "percent") for n in "123"},
}
HERE = (
    "Make,Model,Category,Description,School,Holder id,Status,Condition,Last verified,Acquired,"
    "Received,Checkout date,Cost,PO,Invoice,Vendor,Title holder,Use,Award 1"
)
FACTS = (
    "Acer,X,Equipment,blue,LIN,{maria},in use,good,2025-06-01,2024-08-01,2024-08-02,2025-09-03,"
    "100.00,PO-1,I-1,CDW,District,Math,General fund"
)
AWARD = {
    "program": "LOCAL",
    **dict.fromkeys(("fain", "frn", "aln", "pass_through", "subaward_number"), "X-9"),
    "title_holder": "State",
    "amount": "9.00",
    **dict.fromkeys(
        (
            "issued_on",
            "federal_award_on",
            "period_start",
            "period_end",
            "obligate_by",
            "liquidate_by",
        ),
        "2024-11-01",
    ),
}


def silent(session: ImportSession, fields: list[str]) -> list[str]:
    """The fields whose rows (in this order) do nothing, and of which nothing is told."""
    told = "\n".join(session.plan_notes)
    rows = session.rows.order_by("number")
    return [
        name
        for name, row in zip(fields, rows, strict=True)
        if row.outcome == "same" and not row.warnings and f"{name.replace('_', ' ')}:" not in told
    ]


@pytest.mark.usefixtures("arp", "local")
def test_no_column_of_a_list_of_things_is_read_and_dropped(
    ana: User, maria: Person, jamal: Person
) -> None:
    create_category("Laptop", by=SYSTEM)
    fields = [f.name for f in KINDS["assets"].fields]
    here = FACTS.format(maria=maria.local_id)
    rows = [f"T{i},S-{i:05},{here}" for i in range(len(fields))]
    brought = bring("\n".join([f"Tag,Serial,{HERE}", *rows, ""]), by=ana)
    assert outcomes(brought) == {"create": len(fields)}, list(brought.rows.values("problems"))
    columns = list(dict.fromkeys(["tag", "serial", "make", "model", *fields]))
    later = [",".join(c.replace("_", " ") for c in columns)]
    for i, name in enumerate(fields):
        cells = {"tag": f"T{i}"} if name != "tag" else {}
        cells |= {"serial": f"S-{i:05}", "make": "Acer", "model": "X"} if name == "tag" else {}
        cells[name] = OTHERWISE[name].format(jamal=jamal.local_id)
        later.append(",".join(cells.get(c, "") for c in columns))
    session = look_at("\n".join([*later, ""]), by=ana, name="later.csv")
    assert set(session.mapping.values()) >= set(fields), "every column is read"
    assert silent(session, fields) == []


def test_no_column_of_a_list_of_awards_is_read_and_dropped(arp: Award, ana: User) -> None:
    fields = [f.name for f in KINDS["awards"].fields if f.name != "name"]
    names = [f"A{i}" for i in range(len(fields))]
    rows = "".join(f"{name},ARP\n" for name in names)
    assert outcomes(bring(f"Award,Program\n{rows}", kind="awards", by=ana)) == {
        "create": len(names)
    }
    heads = ",".join(["name", *(f.replace("_", " ") for f in fields)])
    later = "".join(
        f"{award},{','.join(AWARD[f] if f == name else '' for f in fields)}\n"
        for award, name in zip(names, fields, strict=True)
    )
    session = look_at(f"{heads}\n{later}", kind="awards", by=ana, name="later.csv")
    assert set(session.mapping.values()) >= set(fields), "every column is read"
    assert silent(session, fields) == []


def test_days_and_vendors_that_differ_are_told_with_those_that_stand(
    ana: User, maria: Person
) -> None:
    head = "Tag,Make,Holder id,Checkout date,Status,Status since,Disposed,PO,Vendor,Acquired\n"
    text = (
        "A1,HP,,,Lost,9/1/2025,,PO-1,CDW,8/1/2024\n"
        "A2,HP,,,Disposed,,10/1/2025,PO-1,CDW,8/1/2024\n"
        f"A3,HP,{maria.local_id},9/3/2025,In use,,,PO-1,CDW,8/1/2024\n"
    )
    bring(head + text, by=ana)
    same = look_at(head + text, by=ana)
    assert outcomes(same) == {"same": 3}
    assert not any(r.warnings for r in same.rows.all()), "nothing is dropped of what is the same"
    other = text.replace("/2025", "/2026").replace("10/1/2026", "3/1/2026")
    other = other.replace("9/1/2026", "3/1/2026").replace("9/3/2026", "3/3/2026")
    session = look_at(head + other.replace("CDW", "Dell"), by=ana, name="later.csv")
    vendor = "Not taken over: Vendor Dell (here: CDW); "
    assert {r.number: r.warnings for r in session.rows.all()} == {
        2: [vendor + "Status since 03/01/2026 (here: 09/01/2025)."],
        3: [vendor + "Disposed 03/01/2026 (here: 10/01/2025)."],
        4: [vendor + "Handed out on 03/03/2026 (here: 09/03/2025)."],
    }


def test_what_a_new_thing_cannot_keep_is_told_of_its_column(ana: User, lincoln: School) -> None:
    text = (
        "Tag,Building,Status,Status since,Checkout date,Disposed\n"
        "A1,B,In stock,9/1/2025,,\nA2,,Lost,9/1/2025,9/3/2025,\nA3,,Disposed,9/1/2025,,10/1/2025\n"
    )
    session = bring(text, by=ana)
    assert outcomes(session) == {"create": 3}, list(session.rows.values("problems"))
    notes = "\n".join(session.plan_notes)
    assert "Building: a building beside no room was not taken over" in notes
    assert "Status since: since when an item is in stock" in notes
    assert "Checkout date: the day of a hand-out beside nobody" in notes
    [said] = session.rows.get(number=4).warnings
    assert said == "Not taken over: Disposed 10/01/2025 (here: 09/01/2025)."
    assert Asset.objects.get(tag="A1").room is None
