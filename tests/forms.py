"""Forms as a browser sees them: read from a page, filled in, sent."""

import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

TYPED = {"", "text", "search", "password", "email", "url", "tel"}


class Browser(Client):
    """Who fills in a form sends what its page hides in it, too: the key of one that adds."""

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Send what was typed; a form that is read from its page has a key of its own."""
        if data and isinstance(data, dict):
            data = {"once": secrets.token_hex(16)} | data
        return super().post(path, data, *args, **kwargs)

    def shown(self, path: str) -> dict[str, Any]:
        """What the form of a page that adds something hides; nothing where none of it adds."""
        return self.shown_again(self.get(path))

    def shown_again(self, answer: Any) -> dict[str, Any]:
        """The same of a page that was answered."""
        forms = forms_of(answer.content.decode(), "/")
        form = next((form for form in forms if "once" in form.hidden), Form("/", "post"))
        return {name: form.values[name] for name in form.hidden}


@dataclass
class Form:
    """Where a form goes and what it asks: hidden and chosen values, and the fields one types in."""

    action: str
    method: str
    values: dict[str, Any] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)

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
            if kind == "hidden":
                form.hidden.add(name)

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


def sent(page: str, address: str, name: str) -> dict[str, Any]:
    """What the form with a field or button of this name sends as it stands on the page."""
    return next(f.values for f in forms_of(page, address) if name in f.values)


def confirmation(page: str, address: str) -> dict[str, Any]:
    """What the button that confirms a preview sends."""
    return {k: v for k, v in sent(page, address, "confirmed").items() if k != "change"}


def confirmed(client: Client, address: str, typed: dict[str, Any]) -> Any:
    """The answer to what was typed, previewed and then confirmed."""
    page = client.post(address, typed).content.decode()
    return client.post(address, confirmation(page, address))


def plan_of(client: Client, address: str) -> dict[str, Any]:
    """What the forms on the page of an import say of the plan that it shows."""
    page = client.get(address).content.decode()
    return {"plan": sent(page, address, "plan")["plan"]}


def scanned(client: Client, code: str, **more: Any) -> Any:
    """The answer to a code in the field of the desk, whose page says what it shows."""
    desk = sent(client.get("/scan/").content.decode(), "/scan/", "desk")["desk"]
    return client.post("/scan/", {"code": code, "desk": desk} | more)
