"""One small world with an object for every address: Lincoln's things and an award's."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from assets.actions import assign_asset, dispose_asset, merge_assets
from assets.models import Asset
from core import files, runs
from core.access import SYSTEM
from core.journal.writing import record
from core.models import Attachment, Run
from core.time import days
from funding.actions import ShareDraft, ask_line
from funding.models import Award
from integrations.actions import preview, stage
from people.actions import merge_people
from people.actions.accounts import make_link
from people.models import AccessToken, OneTimeLink, Person, Room, School, User
from reports.actions import request_report
from tests.factories import made, make_asset, make_purchase, make_student


@pytest.fixture
def world(
    cast: dict[str, User | None],
    lincoln: School,
    room: Room,
    arp: Award,
    local: Award,
    maria: Person,
) -> dict[str, Any]:
    """Keyword arguments for every route by its name."""
    at = days.now() - timedelta(days=20)
    purchase, units = make_purchase(shares=[(arp, "70"), (local, "30")], at=at)
    asset = make_asset(school=lincoln, tag="100001", serial="ABC1", room=room, unit=units[0], at=at)
    held = make_asset(school=lincoln, tag="100002", unit=units[1], at=at)
    assign_asset(held, to=maria, by=SYSTEM)
    gone = make_asset(school=lincoln, tag="100003", at=at, status="awaiting_disposal", legacy=True)
    dispose_asset(gone, by=SYSTEM, method="recycled", disposed_on=days.today())
    lost = make_asset(school=lincoln, tag="100004", at=at, status="missing", legacy=True)
    twin = merge_assets(
        make_asset(school=lincoln, tag="100005", at=at), into=asset, by=SYSTEM, reason="x"
    )
    loser = Asset.objects.get(tag="100005")
    merged = make_student(school=lincoln, first="Mary")
    merge_people(merged, into=maria, by=SYSTEM, reason="Enrolled twice")
    ana = cast["ana"]
    run = Run.objects.create(
        kind="report",
        owner=ana,
        available_at=days.now(),
        created_at=days.now(),
        state="failed",
        reason="It failed.",
    )
    file = files.store(b"%PDF-1.7 test", "application/pdf")
    attachment = Attachment.objects.create(
        subject_type="assets.asset",
        subject_id=asset.pk,
        file=file,
        kind="photo",
        name="x.pdf",
        attached_at=days.now(),
    )
    record("file.attached", asset, by=SYSTEM, rows=[attachment])
    token = made(
        AccessToken.objects.create(
            user=cast["rob"],
            name="t",
            prefix="abcd1234",
            token_hash="x" * 64,  # type: ignore[misc]
            created_at=days.now(),
            expires_at=days.now() + timedelta(days=1),
            scopes=[],
        )
    )
    report = request_report(arp, by=cast["ana"], as_of=days.today(), formats=["csv"])  # type: ignore[arg-type]
    runs.execute(report.run_id)  # type: ignore[arg-type]
    session = stage(
        b"Tag,Serial\nX1,S1\n",
        by=cast["ana"],
        kind="assets",
        name="x.csv",
        options={"school": "LIN"},  # type: ignore[arg-type]
    )
    session = preview(session, by=cast["ana"])  # type: ignore[arg-type]
    proposed = ask_line(
        purchase.lines.get(),
        [ShareDraft(local, percent=Decimal(100))],
        by=cast["fay"],  # type: ignore[arg-type]
        reason="Disallowed",
    )
    link = make_link(OneTimeLink.Purpose.RESET, cast["vic"], by=SYSTEM)
    return {
        "asset": asset.pk,
        "held": held.pk,
        "gone": gone.pk,
        "lost": lost.pk,
        "loser": loser.pk,
        "twin": twin.pk,
        "merged_person": merged.pk,
        "school": lincoln.pk,
        "room": room.pk,
        "person": maria.pk,
        "award": arp.pk,
        "reclassification": proposed.pk,
        "purchase": purchase.pk,
        "user": cast["vic"].pk,
        "robot": cast["rob"].pk,
        "run": run.pk,  # type: ignore[union-attr]
        "attachment": attachment.pk,
        "token": token.pk,
        "link": link,
        "line": purchase.lines.get().pk,
        "unit": units[0].pk,
        "product": asset.product_id,
        "category": asset.product.category_id,
        "report": report.pk,
        "program": arp.program_id,
        "access": cast["ada"].award_memberships.get().pk,  # type: ignore[union-attr]
        "report_number": report.number,
        "report_code": report.code,
        "import": session.pk,
        "membership": cast["vic"].memberships.get().pk,  # type: ignore[union-attr]
    }
