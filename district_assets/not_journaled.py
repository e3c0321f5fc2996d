"""The tables and columns that no journal entry holds, each with its reason; all others are vouched
for.

A row is `app.model` for a whole table, `app.model.column` for a column. `manage.py verify` prints
the reasons; what is derived is computed anew there and compared.
"""

VERSION = "counts changes, for If-Match"
SECRET = "a secret, or made of one: what proves who somebody is stands in no journal"  # noqa: S105
DERIVED = "derived from another column, and compared with it by verify"
WORK = "work under way, kept for a while; what came of it is journaled"

NOT_JOURNALED = {
    # The journal and what runs it.
    "core.entry": "the journal itself: its chain is checked",
    "core.seal": "the journal itself: its chain is checked",
    "core.entrywords": "words of reasons, each compared with the digest in its entries",
    "core.lease": "who works at this moment",
    "core.heart": "who works at this moment",
    "core.schedule": "when regular work is next due",
    "core.run": WORK,
    "core.idempotencykey": WORK,
    "integrations.importsession": WORK,
    "integrations.stagedrow": WORK,
    "people.onetimelink": SECRET,
    "people.signinattempt": "wrong passwords of the last hour",
    # Django's own.
    "sessions.session": "who is signed in at this moment",
    "contenttypes.contenttype": "made by migrate; nothing asks it",
    "auth.permission": "made by migrate; nothing asks it",
    "auth.group": "made by migrate; nothing asks it",
    "auth.group_permissions": "made by migrate; nothing asks it",
    # Columns.
    "assets.asset.tag_key": DERIVED,
    "assets.asset.tag_order": DERIVED,
    "assets.asset.serial_key": DERIVED,
    "assets.asset.salt": SECRET,
    "assets.asset.version": VERSION,
    "assets.category.version": VERSION,
    "assets.product.version": VERSION,
    "assets.disposal.salt": SECRET,
    "core.approval.salt": SECRET,
    "core.attachment.salt": SECRET,
    "funding.award.version": VERSION,
    "funding.purchase.salt": SECRET,
    "funding.purchase.version": VERSION,
    "funding.reclassification.salt": SECRET,
    "funding.vendor.version": VERSION,
    "integrations.savedmapping.salt": SECRET,
    "people.accesstoken.token_hash": SECRET,
    "people.accesstoken.last_used_on": "noted when it is used, which is no fact of the register",
    "people.person.salt": SECRET,
    "people.person.version": VERSION,
    "people.room.version": VERSION,
    "people.school.version": VERSION,
    "people.user.last_login": "noted when they sign in, which is no fact of the register",
    "people.user.password": SECRET,
    "people.user.salt": SECRET,
    "people.user.version": VERSION,
    "reports.report.run": WORK,
    "reports.report.names_salt": SECRET,
    "reports.reportperson": (
        "who p1, p2 ... of a dataset are: their digest stands in the report's column"
    ),
}
