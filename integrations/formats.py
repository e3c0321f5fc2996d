"""Number formats of a spreadsheet: what a cell shows is what it means."""

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<symbol>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r"|(?P<percent>%)|(?P<at>@)|(?P<other>.)",
    re.S,
)
_COLORS = re.compile(r"(black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)", re.I)
_SIGNED = re.compile(r"[-(]")
_SHOWN = {"digit", "quoted", "escaped", "symbol", "other"}
_PLAIN = set("$+-() !^&'~{}<>=:€£")
#: What stands around a format that nobody understands, behind the number itself.
MARK = "\u27e6%s\u27e7"
MARKED = re.compile(r"\s*\u27e6(.*)\u27e7$", re.S)

CENT = Decimal("0.01")
#: So far from a cent lies what binary fractions leave behind.
DUST = Decimal("0.000001")


@dataclass
class _Section:
    """A section of a format: literals and places of digits in order, decimals apart."""

    parts: list[str] = field(default_factory=list)  # "0", "#", "?" are places, "=x" is the text x
    decimals: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    grouped: bool = False
    percent: bool = False
    general: bool = False


def natural(value: float) -> str:
    """A number without the dust of binary fractions, as a spreadsheet shows it."""
    return f"{value:.15g}"


def shown(value: float, form: str) -> str | None:
    """What a cell shows of a number; None where its format is not understood. Cents that a format
    hides are there nevertheless, and so is a sign that it shows as a color, or not at all."""
    if form in ("General", "@", ""):
        return natural(value)
    texts = _sections(form)
    if not texts or len(texts) > 4:
        return None
    section, sign = _chosen(texts, value)
    read = _read(section)
    if read is None:
        return None
    if read.general:
        return natural(value)
    if read.percent:
        return f"{natural(round(value * 100, 10))}%"
    text = _render(abs(value), read)
    if text is None:
        return None
    if not any(c.isdigit() for c in text):
        return "0" if value == 0 else None
    if value < 0 and not sign and not _SIGNED.search(text) and re.search("[1-9]", text):
        sign = "-"  # red alone says that it is negative: the text would not
    return f"{sign}{text}".strip()


def _chosen(texts: list[str], value: float) -> tuple[str, str]:
    if value < 0:
        return (texts[1], "") if len(texts) > 1 else (texts[0], "-")
    return (texts[2] if value == 0 and len(texts) > 2 else texts[0]), ""


@lru_cache(256)
def _sections(form: str) -> list[str]:
    found, start = [], 0
    for token in _TOKEN.finditer(form):
        if token["other"] == ";":
            found.append(form[start : token.start()])
            start = token.end()
    found.append(form[start:])
    return found


@lru_cache(256)
def _read(section: str) -> _Section | None:
    found, pointed, last = _Section(), False, ""
    for token in _TOKEN.finditer(section):
        kind = token.lastgroup or ""
        if kind == "bracket" and not _COLORS.fullmatch(token["bracket"]):
            return None  # a condition, or hours that go on
        if kind == "other" and token["other"] not in _PLAIN:
            return None  # a date, a fraction, an exponent
        if last == "comma" and kind != "digit":
            return None  # a comma behind the last digit shows thousands
        if (kind == "point" and pointed) or (kind == "comma" and (pointed or last != "digit")):
            return None
        pointed = pointed or kind == "point"
        found.grouped = found.grouped or kind == "comma"
        found.percent = found.percent or kind == "percent"
        found.general = found.general or kind == "general"
        if kind in _SHOWN:
            _add(found, kind, token[kind], pointed)
        last = kind
    return None if last == "comma" else found


def _add(found: _Section, kind: str, text: str, pointed: bool) -> None:
    """A place of a digit or a literal, before the decimals or behind them."""
    if kind == "digit":
        (found.decimals if pointed else found.parts).append(text)
    elif pointed and found.decimals:
        found.tail.append(text)
    else:
        found.parts.append(f"={text}")


def _render(value: float, form: _Section) -> str | None:
    exact = Decimal(natural(value))
    padded = sum(p == "0" for p in form.parts) > 1
    decimals = len(form.decimals)
    near = exact.quantize(CENT)
    if not padded and decimals < 2 and abs(exact - near) < DUST:
        exact = near.normalize()
    there = max(0, -int(exact.as_tuple().exponent))
    if not padded and (there <= 2 or decimals < 2):  # a third is no whole dollar, nor a cent
        decimals = max(decimals, there)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _dot, cents = f"{rounded:f}".partition(".")
    needed = len([d for d in form.decimals if d == "0"])
    while len(cents) > max(needed, min(there, decimals)) and cents.endswith("0"):
        cents = cents[:-1]
    digits = "" if whole == "0" else whole
    places = [i for i, p in enumerate(form.parts) if not p.startswith("=")]
    if not places:
        return "".join(p[1:] for p in form.parts) if not digits and not cents.strip("0") else None
    out: dict[int, str] = {}
    for i in reversed(places):
        if i == places[0]:
            out[i] = digits or ("0" if form.parts[i] == "0" else "")
        elif digits:
            out[i], digits = digits[-1], digits[:-1]
        else:
            out[i] = "0" if form.parts[i] == "0" else ""
    if form.grouped:
        number = "".join(out[i] for i in places)
        head = f"{int(number):,}" if number else ""
        out = {places[0]: head} | dict.fromkeys(places[1:], "")
    text = "".join(out.get(i, p[1:]) for i, p in enumerate(form.parts))
    if cents:
        last = places[-1] + 1  # decimals follow the last digit, before what is written behind it
        before = "".join(out.get(i, p[1:]) for i, p in enumerate(form.parts[:last]))
        behind = "".join(p[1:] for p in form.parts[last:])
        text = f"{before or '0'}.{cents}{behind}"
    return text + "".join(form.tail)
