"""The columns of a file of assets, with the headings that other systems give them."""

from functools import partial

from integrations import cells
from integrations.fields import Field
from integrations.kinds.assets.reading.quantity import count
from integrations.kinds.names.schools import school_columns
from integrations.words import OUT_TO, STATE, WORN


def listed(headings: str) -> tuple[str, ...]:
    """Headings that stand in one text, parted by commas."""
    return tuple(headings.split(", "))


#: Columns of other systems that name a user.
USERS = listed(
    "annotated user, checked out to username, assigned user, assigned to name, user name, user"
)
#: Ids go before names: they are one person's.
PERSON_IDS = listed(
    "student number, student id, person id, patron barcode, patron id, owner id, "
    "owner school id number"
)
MAILS = listed(
    "email address, owner email, assigned user email, borrower email, patron email, "
    "primary user upn, primary user email address"
)

FIELDS = (
    Field(
        "tag",
        listed(
            "asset tag, asset number, tag number, number, barcode, asset id, annotated "
            "asset id, inventory number, property tag"
        ),
        partial(cells.thing_code, longest=64),
        one_code=True,
        any_looks=True,
    ),
    Field(
        "serial",
        listed(
            "serial number, s n, serial num, ser no, ser num, serial no, device serial number, "
            "device serial"
        ),
        partial(cells.thing_code, longest=128),
        either=True,
        one_code=True,
        any_looks=True,
    ),
    Field(
        "make",
        listed("manufacturer, brand, mfr, mfg, mfgr, manufacturer name, make name"),
        partial(cells.name, longest=150),
    ),
    Field(
        "model",
        listed("model name, product, product name, model description, model number, device model"),
        partial(cells.name, longest=150),
        any_looks=True,
    ),
    Field(
        "make_and_model", ("product make and model", "make model"), partial(cells.name, longest=301)
    ),
    Field(
        "category",
        listed("type, asset type, category name, item type, product type, device type"),
        partial(cells.name, longest=100),
    ),
    Field(
        "description",
        listed(
            "item description, asset description, desc, notes, note, asset name, item name, title"
        ),
        partial(cells.text, longest=300),
        prose=True,
    ),
    *school_columns(
        Field(
            "school",
            listed(
                "site, school code, school name, location, campus, site name, site code, "
                "annotated location, school site, location name, site short name, site id, "
                "school id"
            ),
            partial(cells.text, longest=200),
        )
    ),
    Field(
        "building", listed("bldg, building name, building code"), partial(cells.name, longest=64)
    ),
    Field(
        "room",
        listed(
            "room number, rm, room name, room code, classroom, location room, "
            "checked out to location"
        ),
        partial(cells.name, longest=64),
    ),
    Field("placed", ("place",), partial(cells.text, longest=200)),
    Field(
        "holder",
        (
            "holder id",
            *PERSON_IDS,
            "assigned to",
            "assigned to id",
            "checked out to",
            "issued to",
            "loaned to",
            "borrower",
            *USERS,
        ),
        partial(cells.code, longest=254),
        person=True,
    ),
    Field(
        "holder_email",
        (
            "holder's email",
            "checked out to email",
            "assigned to email",
            "user email",
            "email",
            *MAILS,
        ),
        partial(cells.code, longest=254),
        person=True,
    ),
    Field(
        "holder_first",
        listed("holder's first name, checked out to first name"),
        partial(cells.text, longest=100),
        person=True,
    ),
    Field(
        "holder_last",
        listed("holder's last name, checked out to last name"),
        partial(cells.text, longest=100),
        person=True,
    ),
    Field("out_to", ("checkout type",), words=OUT_TO),
    Field(
        "status",
        listed(
            "asset status, copy status, status name, current status, item status, inventory "
            "status, status description, status desc"
        ),
        words=STATE,
    ),
    Field("condition", listed("asset condition, cond, item condition"), words=WORN),
    Field(
        "last_verified_on",
        listed(
            "last verified, last inventoried, last seen, audit date, last audit, last "
            "inventory date, inventory date, last scanned, last scanned date, last verified date, "
            "last verification date, last verification, verification date, date verified, "
            "last audit date, last audited"
        ),
        cells.past_day,
        happens_once=True,
    ),
    Field(
        "acquired_on",
        listed(
            "acquired, acquisition date, purchase date, purchased, date acquired, date "
            "purchased, date of purchase, acquired date, purchased date, acq date, date acq, "
            "purch date"
        ),
        cells.past_day,
    ),
    Field(
        "received_on",
        listed(
            "received, date received, received date, receipt date, delivered, delivery "
            "date, date delivered"
        ),
        cells.past_day,
    ),
    Field(
        "loaned_on",
        listed(
            "handed out on, handed out, checked out on, checkout date, check out date, "
            "checked out date, date checked out, loan date, date loaned, assigned on, date assigned"
        ),
        cells.past_day,
        happens_once=True,
    ),
    Field(
        "deployed_on",
        listed("deployed date, date deployed, deployment date"),
        cells.past_day,
        happens_once=True,
    ),
    Field(
        "status_on",
        listed("status date, date of status, status since, date lost, date stolen, date of loss"),
        cells.past_day,
        happens_once=True,
    ),
    Field(
        "disposed_on",
        listed(
            "disposal date, date disposed, disposed, date of disposal, disposition date, "
            "retired on, retirement date, retired date"
        ),
        cells.past_day,
        happens_once=True,
    ),
    Field(
        "cost",
        listed(
            "unit cost, purchase cost, price, original cost, unit price, purchase price, "
            "acquisition cost, cost each, cost per unit, price each, acq cost, acq price, "
            "acquisition price, purch cost, purch price"
        ),
        cells.money,
    ),
    Field(
        "quantity",
        listed("qty, count, number of units, no of units, quantity on hand, quantity received"),
        count,
        amount=True,
    ),
    Field(
        "extended_cost",
        listed(
            "extended price, ext cost, ext price, extended, extended amount, total cost, "
            "total price, line total"
        ),
        cells.money,
    ),
    Field(
        "po",
        listed(
            "po number, purchase order, order number, p o number, purchase order number, "
            "purchase po number"
        ),
        partial(cells.code, longest=64),
        any_looks=True,
    ),
    Field(
        "invoice",
        ("invoice number",),
        partial(cells.code, longest=64),
        any_looks=True,
        day_too=True,
    ),
    Field(
        "vendor", listed("supplier, vendor name, supplier name"), partial(cells.name, longest=200)
    ),
    Field("title_holder", (), partial(cells.text, longest=64)),
    Field("use", ("use program",), partial(cells.text, longest=200), free=True),
    *(
        f
        for n in "123"
        for f in (
            Field(
                f"award_{n}",
                (
                    f"award {n}",
                    f"fund {n}",
                    f"fain {n}",
                    *(
                        ("award", "fund", "fain", "frn", "funding source", "fund source", "grant")
                        if n == "1"
                        else ()
                    ),
                ),
                partial(cells.name, longest=200),
            ),
            Field(f"amount_{n}", (f"award {n} amount",), cells.money),
            Field(f"percent_{n}", (f"award {n} percent", f"award {n} pct"), cells.percent),
        )
    ),
)
