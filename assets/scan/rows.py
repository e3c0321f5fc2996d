"""The list of scans, newest first, as the scan page shows it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def scans_html(rows: Iterable[dict[str, Any]]) -> SafeString:
    """The lines of the desk's list, each beside its thing where it led to one. Written here and not
    in a template: two hundred lines of template tags took half of each scan's time."""
    again, things = escape(_("scanned again")), reverse("asset", args=[0]).partition("0")
    lines = "".join(_line(row, again, (things[0], things[2])) for row in rows)
    nothing = f'<li><span class="why-not">{escape(_("No scans yet."))}</span></li>'
    return SafeString(lines or nothing)


def _line(row: dict[str, Any], again: str, address: tuple[str, str]) -> str:
    text: str = escape(row["text"])
    code, ok = escape(row["code"]), bool(row["ok"])
    if row["asset"]:
        text = f'<a href="{address[0]}{row["asset"]}{address[1]}">{text}</a>'
    repeated, said = (" data-again", f" · {again}") if row.get("again") else ("", "")
    return (
        f'<li data-ok="{"yes" if ok else "no"}"{repeated}>'
        f'<i class="ti ti-{"check" if ok else "x"}" aria-hidden="true"></i>'
        f'<div><div>{text}</div><div class="why-not">{code}{said}</div></div></li>'
    )
