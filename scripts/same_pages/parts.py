"""What a page holds for the one who reads it, as values that can be compared."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SILENT = {"script", "style", "template"}
#: Between these and what stands beside them there is a gap on the page, with or without a space.
APART = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "hr",
    "img",
    "input",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "progress",
    "section",
    "select",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
}
#: Attributes that a person, a reading aid or a script goes by; what is only looks is left out.
FIELD = {
    "name",
    "type",
    "value",
    "required",
    "disabled",
    "readonly",
    "checked",
    "selected",
    "multiple",
    "min",
    "max",
    "step",
    "maxlength",
    "pattern",
    "placeholder",
    "autocomplete",
    "autofocus",
    "inputmode",
    "accept",
    "form",
    "formaction",
    "accesskey",
    "rows",
    "cols",
    "list",
    "spellcheck",
    "autocapitalize",
}
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
FIELDS = {"input", "select", "textarea", "button", "option"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Element:
    """One element that was met, with the text inside it."""

    tag: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return squeezed("".join(self.texts))


def squeezed(text: str) -> str:
    """The text with each run of white space as one space."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip()


class Reader(HTMLParser):
    """Reads a page or a fragment into its elements, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.page = Element("page", {})
        self._open = [self.page]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        if element.attributes.get("name") == "csrfmiddlewaretoken":
            element.attributes["value"] = "(token)"
        self._gap(element)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                closed = self._open[depth]
                del self._open[depth:]
                self._gap(closed)
                return

    def handle_data(self, data: str) -> None:
        if not any(element.tag in SILENT for element in self._open):
            self._say(data)

    def _gap(self, element: Element) -> None:
        if element.tag in APART or "btn" in element.attributes.get("class", "").split():
            self._say(" ")

    def _say(self, text: str) -> None:
        for element in self._open:
            element.texts.append(text)


def parts(html: str) -> dict[str, list[str]]:
    """By sort: what a page holds. Text is one list of words, so that a changed one can be told."""
    reader = Reader(html)
    every = reader.elements
    labels = {e.attributes.get("for", ""): e.text for e in every if e.tag == "label"}
    ids = {e.attributes["id"] for e in every if "id" in e.attributes}
    links = [e for e in every if e.attributes.get("href") is not None and e.tag != "link"]
    pointers = [(e, a, i) for e in every for a in POINTING for i in e.attributes.get(a, "").split()]
    pointers += [
        (e, "href", e.attributes["href"][1:])
        for e in links
        if len(e.attributes["href"]) > 1 and e.attributes["href"].startswith("#")
    ]
    return {
        "text": reader.page.text.split(" "),
        "links": [f"{e.text} -> {e.attributes['href']}" for e in links],
        "fields": [_field(e, labels) for e in every if e.tag in FIELDS],
        "forms": [_told(e, {"method", "action", "enctype"}) for e in every if e.tag == "form"],
        "headings": [f"{e.tag} {e.text}" for e in every if e.tag in HEADINGS],
        "roles and aria": [_aria(e) for e in every if _is_aria(e)],
        "hooks of scripts": [told for e in every if (told := _hooks(e))],
        "pictures": [_told(e, {"src", "alt"}) for e in every if e.tag == "img"],
        "ids pointed at": [f"{a}={i}{'' if i in ids else ' (no such id)'}" for e, a, i in pointers],
        "ids": sorted(ids),
    }


def differences(old: str, new: str) -> list[str]:
    """What one page has and the other has not, each as a line."""
    before, after = parts(old), parts(new)
    found = []
    for sort, had in before.items():
        has = after[sort]
        if had == has:
            continue
        lost, came = Counter(had) - Counter(has), Counter(has) - Counter(had)
        if sort == "text":
            found.append(_changed_words(had, has))
            continue
        found += [f"{sort}: lost {one}" for one in lost.elements()]
        found += [f"{sort}: came {one}" for one in came.elements()]
        if not lost and not came:
            found.append(f"{sort}: in another order")
    return found


def _changed_words(had: list[str], has: list[str]) -> str:
    """The words from the first that differs to the last, with three on either side."""
    first = next(
        (n for n, (a, b) in enumerate(zip(had, has, strict=False)) if a != b),
        min(len(had), len(has)),
    )
    last = 0
    shorter = min(len(had), len(has)) - first
    while last < shorter and had[-1 - last] == has[-1 - last]:
        last += 1
    old = " ".join(had[max(0, first - 3) : len(had) - last + 3])
    new = " ".join(has[max(0, first - 3) : len(has) - last + 3])
    return f"text: {old[:300]!r} is now {new[:300]!r}"


def _told(element: Element, names: set[str]) -> str:
    said = [f"{n}={v!r}" for n, v in sorted(element.attributes.items()) if n in names]
    return " ".join([element.tag, *said])


def _field(element: Element, labels: dict[str, str]) -> str:
    pointing = {"aria-describedby", "aria-label", "aria-labelledby", "aria-invalid"}
    told = _told(element, FIELD | pointing)
    label = labels.get(element.attributes.get("id", " "), "")
    inside = element.text if element.tag in ("button", "option", "textarea") else ""
    return told + (f" label={label!r}" if label else "") + (f" text={inside!r}" if inside else "")


def _is_aria(element: Element) -> bool:
    said = {"role", "tabindex", "hidden", "title", "lang", "scope", "colspan", "rowspan", "open"}
    return any(name in said or name.startswith("aria-") for name in element.attributes)


def _aria(element: Element) -> str:
    said = {"role", "tabindex", "hidden", "title", "lang", "scope", "colspan", "rowspan", "open"}
    names = {n for n in element.attributes if n in said or n.startswith("aria-")}
    return f"{_told(element, names)} {element.text[:40]!r}"


def _hooks(element: Element) -> str:
    names = {n for n in element.attributes if n.startswith(("data-", "hx-"))}
    return _told(element, names) if names else ""
