"""axe-core on every page, light and dark, desktop and phone; nothing scrolls sideways there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Page

from core.models import District
from people.models import User
from tests.access_table import address, read, routes
from tests.journeys.browser import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough for a browser"),
]
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
#: What is shown of the API is drawn by a library, and no work of ours.
RUN = """async () => {
  const found = await axe.run({exclude: ["#api-document"]}, {resultTypes: ["violations"]});
  return found.violations.map((v) => `${v.id}: ` +
    v.nodes.map((n) => `${n.target} ${(n.any[0] ?? n.all[0])?.message ?? ""}`.slice(0, 200)));
}"""
WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("main *, header *")]
    .filter((e) => e.getBoundingClientRect().right > wide + 0.5 && !e.closest(".scroll-x"))
    .slice(0, 3).map((e) => `${e.tagName}.${e.className}: ${e.innerText?.trim().slice(0, 40)}`);
}"""
#: Laid out at this width, and what watches sizes has been told (after the frame).
SETTLED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))"""
LOOKS = [(w, theme) for w in (1280, 320) for theme in ("light", "dark")]
SIGNED_OUT = {"sign-in", "one-time-link", "first-run-link", "report-verify", "tag"}


def pages(client: Client, world: dict[str, Any]) -> dict[str, str]:
    """The address of every route that shows a page to Ana, by the route's name."""
    found = {}
    for route in routes():
        name = str(route.name)
        if read()[name, "GET"][0] in (200, 302) and name not in SIGNED_OUT:
            url = address(route, world)
            answer = client.get(url)
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                found[name] = url
    return found


def look(page: Page, url: str, looks: list[tuple[int, str]]) -> list[str]:
    """What is wrong with a page in each look."""
    page.goto(url)
    return [line for width, theme in looks for line in look_at(page, width, theme)]


def look_at(page: Page, width: int, theme: str) -> list[str]:
    """What is wrong with the page that is open, at this width and in this theme."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
    page.evaluate(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    said = page.evaluate(RUN)
    if width < 400:
        said += [f"wider than the phone: {e}" for e in page.evaluate(WIDER)]
    return [f"{page.url} {width} {theme}: {violation}" for violation in said]


@pytest.fixture
def ana_looks(
    world: dict[str, Any], ana: User, live_server: Any, visit: Callable[..., Visitor]
) -> Page:
    visitor = visit(live_server.url)
    visitor.sign_in("ana")
    return visitor.page


def test_every_page(
    world: dict[str, Any], ana: User, client_of: Callable[[User], Client], ana_looks: Page
) -> None:
    found = pages(client_of(ana), world)
    assert len(found) > 50
    wrong = [line for url in found.values() for line in look(ana_looks, url, LOOKS)]
    assert not wrong, "\n".join(wrong)


def test_every_page_that_needs_no_sign_in(
    world: dict[str, Any], live_server: Any, visit: Callable[..., Visitor]
) -> None:
    page = visit(live_server.url).page
    urls = [
        "/sign-in/",
        f"/link/{world['link']}/",
        "/t/100001",
        "/nothing-is-here/",
        f"/verify/{world['report_number']}/{world['report_code']}/",
    ]
    wrong = [line for url in urls for line in look(page, url, LOOKS)]
    assert not wrong, "\n".join(wrong)


def test_what_others_see_first(
    world: dict[str, Any], live_server: Any, visit: Callable[..., Visitor]
) -> None:
    """The front page of each role, a refusal, and what an act says when it may not happen."""
    wrong = []
    for name in ("tom", "fay", "vic", "ada"):
        visitor = visit(live_server.url)
        visitor.sign_in(name)
        for url in ("/", f"/assets/{world['held']}/", "/users/"):
            wrong += [f"{name} {line}" for line in look(visitor.page, url, LOOKS)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.untrue("the district is made a demonstration behind its back")
def test_the_gallery_of_components(
    district: District, live_server: Any, visit: Callable[..., Visitor]
) -> None:
    District.objects.update(demonstration=True)
    page = visit(live_server.url).page
    wrong = look(page, "/gallery/", LOOKS)
    assert page.title().startswith("Components")
    assert not wrong, "\n".join(wrong)


def test_a_form_that_was_refused(world: dict[str, Any], ana_looks: Page) -> None:
    wrong = []
    for width, theme in LOOKS:
        ana_looks.goto(f"/assets/{world['asset']}/assign/")
        ana_looks.get_by_label("Student number, staff id or card").fill("nobody-has-this")
        ana_looks.get_by_role("button", name="Check out").click()
        ana_looks.wait_for_selector(".invalid-feedback")
        wrong += look_at(ana_looks, width, theme)
    assert not wrong, "\n".join(wrong)
