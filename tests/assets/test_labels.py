"""Labels: what is printed is read back, and stays on its own label."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
import zxingcpp
from django.test import Client
from PIL import Image, ImageDraw

from assets.codes.resolve import resolve
from assets.labels.sheets import SHEETS
from core.models import Entry
from people.models import School, User
from tests.factories import make_asset, make_product

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
URL = "/assets/labels/?status=in_stock"
CELL = re.compile(
    r'<g transform="translate\(([\d.]+) ([\d.]+)\)"><path transform="translate\((\d+)'
    r' (\d+)\) scale\(([\d.]+)\)" d="([^"]+)"'
)


def codes(svg: str) -> list[tuple[str, float, float]]:
    """What a scanner reads on a page of labels, each with the place of its label."""
    found = []
    for x, y, _dx, _dy, _scale, path in CELL.findall(svg):
        squares = re.findall(r"M(\d+) (\d+)h(\d+)", path)
        side = max(int(left) + int(wide) for left, _top, wide in squares)
        image = Image.new("L", ((side + 8) * 6, (side + 8) * 6), 255)
        draw = ImageDraw.Draw(image)
        for left, top, wide in squares:
            x0, y0 = (int(left) + 4) * 6, (int(top) + 4) * 6
            draw.rectangle((x0, y0, x0 + int(wide) * 6 - 1, y0 + 5), fill=0)
        copy = BytesIO()
        image.save(copy, "PNG")
        [read] = zxingcpp.read_barcodes(Image.open(copy))
        found.append((read.text, float(x), float(y)))
    return found


def test_each_code_leads_to_its_tag_and_is_recorded_as_printed(
    tom: User, lincoln: School, client_of: Of
) -> None:
    assets = [make_asset(school=lincoln, tag=f"1006{n:02d}") for n in range(4)]
    page = client_of(tom).post(URL, {"sheet": "5160", "start": "1"}).content.decode()
    assert [code for code, _x, _y in codes(page)] == [
        f"http://testserver/t/{a.tag}" for a in assets
    ]
    assert Entry.objects.filter(kind="asset.label_printed").count() == 4


@pytest.mark.parametrize("sheet", ["5160", "5161"])
def test_a_sheet_is_used_up_from_its_first_free_label(
    tom: User, lincoln: School, client_of: Of, sheet: str
) -> None:
    for n in range(3):
        make_asset(school=lincoln, tag=f"1007{n:02d}")
    last = SHEETS[sheet].count
    page = client_of(tom).post(URL, {"sheet": sheet, "start": str(last)}).content.decode()
    assert page.count("<svg xmlns") == 2
    places = [(round(x / 72, 3), round(y / 72, 3)) for _code, x, y in codes(page)]
    expected = [SHEETS[sheet].position(n) for n in (last - 1, 0, 1)]
    assert places == [(round(x, 3), round(y, 3)) for x, y in expected]


def test_a_long_name_is_broken_and_cut_within_its_label(
    tom: User, lincoln: School, client_of: Of
) -> None:
    product = make_product(make="Consolidated Instruments", model="of Greater Springfield" * 4)
    make_asset(school=lincoln, tag="A-VERY-LONG-TAG-OF-A-FORMER-SYSTEM", product=product)
    page = client_of(tom).post(URL, {"sheet": "5160"}).content.decode()
    box = re.search(r'<svg x="([\d.]+)" width="([\d.]+)"', page)
    assert box
    assert float(box[1]) + float(box[2]) <= SHEETS["5160"].width * 72
    text = re.findall(r'<text y="\d+" font-size="([\d.]+)"[^>]*>([^<]+)</text>', page)
    assert text[0][1] == "A-VERY-LONG-TAG-OF-A-FORMER-SYSTEM"
    for size, said in text:
        assert len(said) * float(size) * 0.5 < float(box[2]), said


def test_vic_prints_none_and_a_cell_beyond_the_sheet_is_refused(
    vic: User, tom: User, client_of: Of
) -> None:
    assert client_of(vic).post(URL, {"sheet": "5160"}).status_code == 403
    assert client_of(tom).post(URL, {"sheet": "5160", "start": "31"}).status_code == 400


ODD = ["IT", "IT 0042", "IT/0043", "IT#44", "IT?45", "50%46", "50F", "Ä-1/", "R:1", "x&y=z+1"]


def test_every_code_that_is_printed_comes_back_at_desk_and_phone(
    tom: User, lincoln: School, client_of: Of
) -> None:
    """Tags of a former system have spaces, slashes and signs that mean something in an address."""
    client = client_of(tom)
    for tag in ODD:
        make_asset(school=lincoln, tag=tag, serial="")
    page = client.post(URL, {"sheet": "5160"}).content.decode()
    printed = [code for code, _x, _y in codes(page)]
    assert len(printed) == len(ODD)
    reached = {}
    for code in printed:
        asset = resolve(code, tom).asset
        assert asset, code
        reached[asset.tag] = code
        answer = client.get(code.removeprefix("http://testserver"))
        assert answer["Location"] == f"/assets/{asset.pk}/", code
    assert set(reached) == set(ODD)


@pytest.mark.parametrize("tag", [tag for tag in ODD if tag != "50%46"])
def test_a_label_of_before_goes_on_working_at_the_desk(
    tag: str, tom: User, lincoln: School
) -> None:
    for one in ODD:
        make_asset(school=lincoln, tag=one, serial="")
    found = resolve(f"http://testserver/t/{tag}", tom).asset
    assert found and found.tag == tag


def test_a_label_that_may_be_of_before_or_of_now_is_asked_about(tom: User, lincoln: School) -> None:
    both = {make_asset(school=lincoln, tag=tag, serial="") for tag in ("50%46", "50F")}
    found = resolve("http://testserver/t/50%46", tom)
    assert (found.asset, {m.thing for m in found.choices}) == (None, both)


def test_a_phone_opens_the_thing_of_an_old_label_with_a_question_mark(
    tom: User, lincoln: School, client_of: Of
) -> None:
    make_asset(school=lincoln, tag="IT")
    asset = make_asset(school=lincoln, tag="IT?45", serial="")
    assert client_of(tom).get("/t/IT?45")["Location"] == f"/assets/{asset.pk}/"
    assert client_of(tom).get("/t/IT?46")["Location"] != f"/assets/{asset.pk}/"
    assert resolve("http://testserver/t/%00", tom).kind == "unknown"
    assert client_of(tom).get("/t/IT-NOT").status_code == 404
