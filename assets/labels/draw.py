"""A page of labels as one SVG, in inches: QR code, tag, and lines of text beside it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import zxingcpp

from assets.labels.sheets import Sheet

SMALL = 7  # points of the lines below the tag
PLAIN, BOLD = 0.58, 0.7  # the width of a letter in parts of its height, on average


@dataclass(frozen=True)
class Label:
    """What one label says; `address` is what its QR code leads to."""

    tag: str
    address: str
    lines: tuple[str, ...] = ()


def qr_path(text: str) -> tuple[str, int]:
    """A QR code as an SVG path of unit squares, and how many squares wide it is."""
    image = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(
        scale=1, add_quiet_zones=False
    )
    # It has a buffer, which its stubs do not say.
    cells: Any = memoryview(image)  # type: ignore[arg-type]
    height, width = cells.shape[0], cells.shape[1]
    parts = []
    for y in range(height):
        x = 0
        while x < width:
            if cells[y, x] == 0:
                start = x
                while x < width and cells[y, x] == 0:
                    x += 1
                parts.append(f"M{start} {y}h{x - start}v1H{start}z")
            else:
                x += 1
    return "".join(parts), width


def page(sheet: Sheet, labels: Sequence[Label], start: int = 0) -> str:
    """One sheet as SVG; `start` is the first cell to use (a sheet is used up, not wasted)."""
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="8.5in" height="11in" viewBox="0 0 612 792" '
        'font-family="DejaVu Sans, Arial, sans-serif">'
    ]
    for i, label in enumerate(labels):
        x, y = sheet.position(start + i)
        out.append(_label(sheet, label, x * 72, y * 72))
    out.append("</svg>")
    return "".join(out)


def _label(sheet: Sheet, label: Label, x: float, y: float) -> str:
    path, modules = qr_path(label.address)
    side = sheet.height * 72 - 14
    scale = side / modules
    # A nested picture cuts off what does not fit: no letter may stand on the next label's code.
    left, room = side + 20, sheet.width * 72 - side - 25
    size = min(13.0, room / (BOLD * max(1, len(label.tag))))
    out = [
        f'<g transform="translate({x:.3f} {y:.3f})">',
        f'<path transform="translate(9 7) scale({scale:.5f})" d="{path}" fill="#000"/>',
        f'<svg x="{left:.2f}" width="{room:.2f}" height="{sheet.height * 72:.2f}">',
        f'<text y="22" font-size="{size:.2f}" font-weight="bold">{escape(label.tag)}</text>',
    ]
    for n, line in enumerate(_fitted(label.lines, room)):
        out.append(f'<text y="{34 + n * 9}" font-size="{SMALL}">{escape(line)}</text>')
    out.append("</svg></g>")
    return "".join(out)


def _fitted(lines: Sequence[str], room: float) -> list[str]:
    """The lines broken to the room there is, two rows for each and four in all."""
    letters = int(room / (PLAIN * SMALL))
    broken = [textwrap.wrap(line, letters, max_lines=2, placeholder="…") for line in lines]
    return [row for rows in broken for row in rows][:4]
