"""Components with a slot: what stands between `{% panel %}` and `{% endpanel %}` is its inside.

Each is a file of templates/components/ whose first comment tells its parameters. It sees these
and its `content`, and nothing else of the page (a component without a slot is an
`{% include "components/x.html" with ... only %}`).
"""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.web.once import ONCE, new_key

register = template.Library()


def _component(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    # The engine of the page, not a render of its own: no context processor runs once more.
    engine = context.template.engine  # type: ignore[union-attr]  # a tag runs in a template
    inside = context.new(values)
    token = context.get("csrf_token")
    if token is not None:  # it is made, and sent as a cookie, only when a form writes it
        inside["csrf_token"] = token
    return _trimmed(engine.get_template(f"components/{name}.html").render(inside))


def _trimmed(content: str) -> SafeString:
    """Without the white space around it: it was rendered, and so escaped, already."""
    return SafeString(content.strip())


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside a word: it says nothing of its own."""
    return format_html('<i class="ti ti-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def form_key() -> SafeString:
    """What a form that adds something sends, so that it is recorded once (`core.web.once`)."""
    text = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
    return format_html(text, ONCE, new_key())


@register.simple_tag(takes_context=True)
def badge(context: Context, text: str, icon: str) -> SafeString:
    """A word such as a status, with the picture beside it."""
    return _component(context, "badge", {"text": text, "icon": icon})


@register.simple_tag(takes_context=True)
def number(context: Context, label: str, value: str, note: str = "") -> SafeString:
    """A number with what it counts."""
    return _component(context, "number", {"label": label, "value": value, "note": note})


@register.simple_block_tag
def slot(content: str) -> SafeString:
    """A second inside of a component: `{% slot as foot %}` buttons `{% endslot %}`, `foot=foot`."""
    return _trimmed(content)


@register.simple_block_tag(takes_context=True)
def page_head(context: Context, content: str, title: str, **values: Any) -> SafeString:
    """The head of a page, with the buttons of what may be done on it as its inside."""
    return _component(context, "page_head", {"title": title, "acts": _trimmed(content), **values})


@register.simple_block_tag(takes_context=True)
def panel(
    context: Context, content: str, title: str = "", kind: str = "mb-3", **values: Any
) -> SafeString:
    """A card with a heading."""
    values = {"title": title, "kind": kind, "content": _trimmed(content), **values}
    return _component(context, "panel", values)


@register.simple_block_tag(takes_context=True)
def table(context: Context, content: str, **values: Any) -> SafeString:
    """A list with columns, which scrolls where it is too wide."""
    return _component(context, "table", {"content": _trimmed(content), **values})


@register.simple_block_tag(takes_context=True)
def facts(context: Context, content: str) -> SafeString:
    """A list of what is known, of one `fact` after another."""
    return _component(context, "facts", {"content": _trimmed(content)})


@register.simple_block_tag
def fact(content: str, name: str) -> SafeString:
    """One name and value of `facts`; no file of its own, for a page holds dozens."""
    return format_html("<dt>{}</dt><dd>{}</dd>", name, _trimmed(content))


@register.simple_block_tag(takes_context=True)
def filter_bar(context: Context, content: str, **values: Any) -> SafeString:
    """The form above a list by which its rows are chosen."""
    return _component(context, "filter_bar", {"content": _trimmed(content), **values})


@register.simple_block_tag(takes_context=True)
def control(context: Context, content: str, label: str, **values: Any) -> SafeString:
    """A field with its label that no form class makes."""
    return _component(context, "control", {"label": label, "content": _trimmed(content), **values})


@register.simple_block_tag(takes_context=True)
def post_button(
    context: Context, content: str, url_name: str, *args: Any, **values: Any
) -> SafeString:
    """A button that does something at once; its inside is what is sent with it."""
    values = {"url": reverse(url_name, args=args), "content": _trimmed(content), **values}
    return _component(context, "post_button", values)


@register.simple_block_tag(takes_context=True)
def alert(context: Context, content: str, kind: str, **values: Any) -> SafeString:
    """A sentence that stands out."""
    return _component(context, "alert", {"kind": kind, "content": _trimmed(content), **values})


@register.simple_block_tag(takes_context=True)
def chart(context: Context, content: str, label: str, parts: Any) -> SafeString:
    """A bar of parts of a whole. It never stands without its table, which is its inside."""
    values = {"label": label, "parts": parts, "content": _trimmed(content)}
    return _component(context, "chart", values)
