"""A page of labels as one SVG, in inches: QR code, tag, and lines of text beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import zxingcpp

from assets.labels.sheets import Sheet


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
    text_x = side + 20
    out = [
        f'<g transform="translate({x:.3f} {y:.3f})">',
        f'<path transform="translate(9 7) scale({scale:.5f})" d="{path}" fill="#000"/>',
        f'<text x="{text_x:.2f}" y="26" font-size="13" font-weight="bold">{escape(label.tag)}</text>',
    ]
    for n, line in enumerate(label.lines[:3]):
        out.append(
            f'<text x="{text_x:.2f}" y="{40 + n * 10}" font-size="7.5">{escape(line[:34])}</text>'
        )
    out.append("</g>")
    return "".join(out)
