"""Forms as a browser sees them: read from a page, filled in, sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile

TYPED = {"", "text", "search", "password", "email", "url", "tel"}


@dataclass
class Form:
    """Where a form goes and what it asks: hidden and chosen values, and the fields one types in."""

    action: str
    method: str
    values: dict[str, Any] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def filled(self, text: str) -> dict[str, Any]:
        """Everything typed is `text`; a file is named and filled with it."""
        data = self.values | dict.fromkeys(self.typed, text)
        upload = {n: SimpleUploadedFile(f"{text[:60]}.csv", text.encode()) for n in self.files}
        return data | upload


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self._form = address, list[Form](), None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {k: v or "" for k, v in attrs}
        if tag == "form":
            action = urljoin(self.address, a.get("action") or self.address)
            self._form = Form(action, a.get("method", "get").lower())
            self.forms.append(self._form)
        form, name = self._form, a.get("name", "")
        if form is None:
            return
        if tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and a.get("value"):
            if "selected" in a or not form.values.get(self._select):
                form.values[self._select] = a["value"]
        elif tag == "textarea" and name:
            form.typed.add(name)
        elif tag in ("input", "button") and name:
            self._input(form, name, a.get("type", "" if tag == "input" else "submit"), a)

    def _input(self, form: Form, name: str, kind: str, a: dict[str, str]) -> None:
        if kind in TYPED:
            form.typed.add(name)
        elif kind == "file":
            form.files.add(name)
        elif kind in ("checkbox", "radio"):
            if "checked" in a or (kind == "radio" and name not in form.values):
                form.values[name] = a.get("value", "on")
        elif kind == "number":
            form.values[name] = a.get("value") or "1"
        elif kind == "date":
            form.values[name] = a.get("value") or "2026-01-15"
        elif kind == "hidden" or a.get("value"):
            form.values[name] = a.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


def forms_of(page: str, address: str) -> list[Form]:
    """The forms of a page."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms
