"""Each place opened by somebody, and what it tells them."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote, quote_plus

from django.contrib.messages import get_messages
from django.test import Client
from django.utils.html import escape

from core import runs
from core.problems import ProblemError
from core.time import days
from funding.models import Award
from people.models import User
from reports.actions import request_report
from tests.pairs.places import addresses


def text_of(response: Any) -> str:
    """The body and the headers, with amounts written in one way. A form may repeat what was
    asked."""
    stream = getattr(response, "streaming_content", None)
    body = b"".join(stream) if stream is not None else response.content
    text = body.decode("utf-8", "replace") + str(response.headers)
    return re.sub(r"(?<=\d)(?=(?:\d{3})+\.\d\d)", ",", text)


Answers = Iterator[tuple[str, str]]
Step = Callable[[], Answers]


def opened(
    user: User,
    pages: Client,
    api: Client,
    sides: dict[str, dict[str, Any]],
    turn: int | None,
    part: tuple[int, int] = (0, 1),
) -> Answers:
    """Each address with what it answers. `part`: which of so many parts of them all; the parts are
    the same whichever side comes first."""
    first, step = part
    for one in _steps(user, pages, api, sides, turn)[first::step]:
        yield from one()


def _steps(
    user: User, pages: Client, api: Client, sides: dict[str, dict[str, Any]], turn: int | None
) -> list[Step]:
    urls, rest = addresses(sides, turn)
    here, there = sides.values()
    steps: list[Step] = [partial(_got, pages, url) for url in urls]
    steps += [partial(_got, api, url) for url in rest]
    for side in (here, there):
        steps += [partial(_labels, pages, side), partial(_report, user, pages, side)]
        steps += [partial(_scan, pages, side, c) for c in (side["tag"], f"S-{side['name']}")]
    for a, b in ((here, there), (there, here)):
        asked = _asked(a, b) if turn is None else _asked(a, b)[turn % 2 :: 2]
        steps += [partial(_told, api, url, body) for url, body in asked]
    return steps


def _got(client: Client, url: str) -> Answers:
    yield url, text_of(client.get(url))


def _asked(here: dict[str, Any], there: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Acts on something here that is to bear a code of the other side."""
    new = {"product": here["product"], "school": here["school"], "tag": "NEW-TAG"}
    return [
        ("assets", new | {"serial": there["serial"]}),
        ("assets", new | {"tag": there["tag"]}),
        (f"assets/{here['asset']}/correct", {"reason": "Misread", "serial": there["serial"]}),
        (f"assets/{here['asset']}/correct", {"reason": "Misread", "tag": there["tag"]}),
        ("assets", new | {"unit": there["unit"]}),
    ]


def _told(api: Client, url: str, body: dict[str, Any]) -> Answers:
    """What the refusal says; that it repeats what was asked tells nothing."""
    text = text_of(api.post(f"/api/v1/{url}", body, content_type="application/json"))
    for code in (body.get("tag", ""), body.get("serial", "")):
        text = text.replace(code, "") if code else text
    yield f"refusal of {url} {body}", text


def _labels(pages: Client, side: dict[str, Any]) -> Answers:
    url = f"/assets/labels/?school={side['school']}"
    yield url, text_of(pages.post(url, {"sheet": "5160", "start": "1", "funding": "on"}))


def _scan(pages: Client, side: dict[str, Any], code: str) -> Answers:
    """Where a scanned code leads, and what is said on the way."""
    answer = pages.post("/scan/", {"look": "1", "code": code})
    there = answer["Location"]
    if there == "/scan/":
        return  # nothing was found: the desk repeats the code
    if there.startswith("/search/"):  # and so does the search, beside what it finds
        page = text_of(pages.get(there, follow=True))
        for typed in (code, escape(code), quote(code), quote_plus(code)):
            page = page.replace(typed, "")
        yield f"search for {code}", page
        return
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    yield f"scan of {code}", " ".join([there, *said])
    if there not in (f"/assets/{side['asset']}/", f"/people/{side['person']}/"):  # opened anyway
        yield there, text_of(pages.get(there))


def _report(user: User, pages: Client, side: dict[str, Any]) -> Answers:
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
        yield f"{url} of award {side['award']}", text_of(pages.get(url))
