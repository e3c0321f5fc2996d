"""A real Chromium on the pages of a test, and the hands that type and scan in it."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
#: Seconds from a page's load to the first key of a scan: what is struck earlier is refused.
LATER = 0.1
PASS_PHRASE = "a long pass phrase"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Its driver runs a loop in this thread; the tests' queries may go on."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser of their own. What the browser complains of is kept."""

    def __init__(self, browser: Browser, base: str, **options: Any) -> None:
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US"} | options
        self.context: BrowserContext = browser.new_context(
            base_url=base, reduced_motion="reduce", **options
        )
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, name: str) -> None:
        """As one of the cast, through the page."""
        self.page.goto("/sign-in/")
        self.page.get_by_label("Email").fill(f"{name}@example.org")
        self.page.get_by_label("Password").fill(PASS_PHRASE)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def scan(
        self, code: str, *gaps: tuple[int, int], end: str = "Enter", later: float = LATER
    ) -> None:
        """As a scanner types: fast, ending with Enter, wherever the focus is. Its keys say when
        they were struck, so that a slow machine makes no gap; `gaps` does: (after how many keys,
        milliseconds)."""
        late = dict(gaps)
        keyboard = self.context.new_cdp_session(self.page)
        at = time.time() + later
        keys = [(c, c) for c in code] + ([(end, "\r" if end == "Enter" else "")] if end else [])
        for n, (key, text) in enumerate(keys):
            at += (late.get(n, 0) or 4) / 1000
            code_of = {"Enter": 13, "Tab": 9}.get(key, ord(key[0].upper()))
            stroke = {"key": key, "text": text, "windowsVirtualKeyCode": code_of, "timestamp": at}
            keyboard.send(
                "Input.dispatchKeyEvent", {"type": "keyDown" if text else "rawKeyDown"} | stroke
            )
            keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp"} | stroke | {"text": ""})
        keyboard.detach()

    def scan_at_desk(self, code: str, answer: str) -> None:
        """On the scan page: scan, and read the answer."""
        self.scan(code)
        expect(self.now).to_contain_text(answer)

    @property
    def now(self) -> Locator:
        """What the scan page says to the last scan."""
        return self.page.locator("[data-scan-live]")

    def mode(self, name: str) -> None:
        """Choose what scans do."""
        button = self.page.get_by_role("button", name=name, exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """A new visitor of a site; nobody's browser may have complained at the end."""
    visitors: list[Visitor] = []

    def make(base: str, **options: Any) -> Visitor:
        visitors.append(Visitor(chromium, base, **options))
        return visitors[-1]

    yield make
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []
