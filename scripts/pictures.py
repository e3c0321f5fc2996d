"""Take the pictures of the documentation: `make pictures`.

Fills a demonstration district in a folder of its own, serves it, works in it a little as its people
would, and writes docs/pictures/*.png."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs/pictures"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LIMIT = 150_000  # bytes of one picture


@contextlib.contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """A filled demonstration district behind an address."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    env = os.environ | {"DATA_DIR": str(folder), "LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)}
    for name in ("DATABASE_URL", "BROKER_URL"):
        env.pop(name, None)
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True)
    subprocess.run([*manage, "demo"], cwd=ROOT, env=env, check=True)
    server = subprocess.Popen(
        [*manage, "serve", "--port", str(port)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _try in range(300):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{base}/readyz", timeout=5):
                break
            time.sleep(0.2)
        yield base
    finally:
        server.terminate()
        server.wait(60)


class Photographer:
    """Somebody of the demonstration with a browser of their own."""

    def __init__(self, browser: Browser, base: str, name: str, password: str, **look: Any) -> None:
        size: Any = {"width": look.pop("width", 1280), "height": look.pop("height", 800)}
        self.page: Page = browser.new_context(
            base_url=base, viewport=size, reduced_motion="reduce", **look
        ).new_page()
        self.page.goto("/sign-in/")
        self.page.get_by_label("Email").fill(f"{name}@demo.example")
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def take(self, name: str) -> None:
        """Keep what is seen, with as few colors as it needs to stay small."""
        picture = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
        path = PICTURES / f"{name}.png"
        picture.quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size > LIMIT:
            raise SystemExit(f"{path.name} is too large: {path.stat().st_size:,} bytes")
        print(f"{path.relative_to(ROOT)} {path.stat().st_size:,}")

    def scan(self, code: str, answer: str) -> None:
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("[data-scan-live]")).to_contain_text(answer)


def at_the_desk(tom: Photographer, tags: list[str], card: str) -> None:
    """Three devices for one student, one for a room."""
    page = tom.page
    page.goto("/scan/?mode=out")
    tom.scan(card, "now scan the device")
    for tag in tags[:3]:
        tom.scan(tag, "handed to")
    tom.scan("R:LIN::103", "now scan the devices")
    tom.scan(tags[3], "is in")
    tom.take("scan")
    page.goto("/assets/?status=in_use")
    tom.take("assets")


def in_the_office(fay: Photographer) -> None:
    page = fay.page
    fay.take("home-finance")
    page.get_by_role("link", name="ARP ESSER 2021-24").first.click()
    fay.take("award")
    page.get_by_role("link", name="Federal property record").first.click()
    page.get_by_role("button", name="Make the report").click()
    page.wait_for_url("**/reports/*/")
    expect(page.get_by_role("link", name="PDF")).to_be_visible(timeout=180_000)
    fay.take("property-record")
    page.goto("/assets/?status=in_use&q=Chromebook")
    page.locator("tbody a").first.click()
    fay.take("passport")


def free_devices(page: Page) -> list[str]:
    """Tags of things in stock."""
    page.goto("/assets/?status=in_stock&sort=-tag")
    return page.locator("tbody tr td:first-child").all_inner_texts()


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, demonstration(Path(name)) as base:
        password = (Path(name) / "demonstration-password").read_text().strip()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            tom = Photographer(browser, base, "tom", password)
            tags = free_devices(tom.page)
            tom.page.goto("/people/")
            cards = tom.page.locator("tbody tr td:nth-child(2)").all_inner_texts()
            at_the_desk(tom, tags, cards[3])
            phone = Photographer(
                browser, base, "tom", password, width=360, height=740, color_scheme="dark"
            )
            phone.page.goto("/scan/?mode=out")
            phone.scan(cards[5], "now scan the device")
            phone.scan(tags[4], "handed to")
            phone.take("scan-phone")
            in_the_office(Photographer(browser, base, "fay", password))
            browser.close()


if __name__ == "__main__":
    main()
