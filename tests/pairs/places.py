"""Everything that somebody can open: pages, exports, labels, the feed, REST, files, a report."""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client

from core import days, runs
from core.problems import ProblemError
from funding.models import Award
from people.models import User
from reports.actions import request_report

PAGES = (
    "/", "/assets/", "/assets/?q=mark", "/assets/?queue=unplaced", "/assets/export.csv",
    "/assets/labels/", "/assets/new/", "/people/", "/people/?q=z", "/rooms/", "/rooms/?q=q",
    "/schools/", "/awards/", "/purchases/", "/purchases/?q=po", "/activity/", "/tagging/",
    "/vendors/", "/reports/", "/reports/new/", "/imports/", "/catalog/", "/tags/", "/scan/",
    "/runs/", "/programs/", "/parameters/", "/users/", "/account/",
)  # fmt: skip
OF_A_SIDE = (
    "/assets/{asset}/", "/assets/{asset}/?as_of={day}", "/assets/?award={award}",
    "/assets/?school={school}", "/assets/?holder={person}", "/assets/?purchase={purchase}",
    "/assets/export.csv?award={award}&as_of={day}", "/assets/new/?like={asset}",
    "/assets/{asset}/return/", "/assets/{asset}/correct/", "/assets/{asset}/dispose/",
    "/people/{person}/", "/people/{person}/?on={day}", "/people/{staff}/", "/rooms/{room}/",
    "/rooms/{room}/?on={day}", "/schools/{school}/", "/awards/{award}/", "/purchases/{purchase}/",
    "/purchases/{purchase}/lines/1/units/", "/units/{unit}/cost/", "/files/{attachment}/",
)  # fmt: skip
REST = (
    "assets", "assets?ordering=-tag", "assets?changed_since=0", "people", "rooms", "schools", "awards",
    "purchases", "units", "shares", "vendors", "programs", "journal", "reports",
)  # fmt: skip
REST_OF_A_SIDE = (
    "assets/{asset}", "people/{person}", "people/{staff}", "rooms/{room}", "schools/{school}",
    "awards/{award}", "purchases/{purchase}", "units/{unit}", "assets?holder={person}",
    "shares?unit={unit}",
)  # fmt: skip


def text_of(response: Any) -> str:
    """The body and the headers, with amounts written in one way. A form may repeat what was asked."""
    stream = getattr(response, "streaming_content", None)
    body = b"".join(stream) if stream is not None else response.content
    text = body.decode("utf-8", "replace") + str(response.headers)
    return re.sub(r"(?<=\d)(?=(?:\d{3})+\.\d\d)", ",", text)


def opened(
    user: User, pages: Client, api: Client, sides: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, str]]:
    """Each address with what it answers."""
    for url in PAGES:
        yield url, text_of(pages.get(url))
    for url in REST:
        yield url, text_of(api.get(f"/api/v1/{url}"))
    for side in sides.values():
        values = side | {"day": days.today().isoformat()}
        for url in OF_A_SIDE:
            yield url.format(**values), text_of(pages.get(url.format(**values)))
        for url in REST_OF_A_SIDE:
            address = "/api/v1/" + url.format(**values)
            yield address, text_of(api.get(address))
        yield from _done(user, pages, side)


def _done(user: User, pages: Client, side: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is answered to an act: labels, a scanned code, a report."""
    labels = {"sheet": "5160", "start": "1", "funding": "on"}
    url = f"/assets/labels/?school={side['school']}"
    yield url, text_of(pages.post(url, labels))
    for code in (side["tag"], f"S-{side['name']}"):
        answer = pages.post("/scan/", {"look": "1", "code": code}, follow=True)
        found = text_of(answer) if answer.redirect_chain[0][0] != "/scan/" else ""
        yield f"scan of {code}", found
    award = Award.objects.visible_to(user).filter(pk=side["award"]).first()
    if award is None or not user.has_perm("reports.make_report", award):
        return
    try:
        report = request_report(award, by=user, as_of=days.today(), formats=["csv"])
    except ProblemError:
        return
    assert report.run_id
    runs.execute(report.run_id)
    for url in (f"/reports/{report.pk}/", f"/reports/{report.pk}/csv/"):
        yield url, text_of(pages.get(url))
