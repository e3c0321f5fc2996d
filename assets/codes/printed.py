"""The address in the code of a label: what is printed comes back, whatever letters a tag has."""

import re
from urllib.parse import quote, unquote

_ADDRESS = re.compile(r"^https?://[^/\s]+/t/(\S.*)$", re.IGNORECASE)


def address_of(tag: str, public_address: str) -> str:
    """What the code of a label holds: a tag with a space or one of / # ? % is quoted, so that a
    phone opens this thing and no other."""
    return f"{public_address.rstrip('/')}/t/{quote(tag, safe='')}"


def tags_of(code: str) -> list[str]:
    """The tags that a scanned label may mean: unquoted, and as it stands, since labels of before
    were not quoted. Nothing for what is no label of ours."""
    match = _ADDRESS.match(code.strip())
    if match is None:
        return []
    text = match[1]
    read = [_plain(text), text]
    return list(dict.fromkeys([*(t.removesuffix("/") for t in read), *read]))


def tags_opened(tag: str, query: str) -> list[str]:
    """The tags that an opened address may mean: of a label that was not quoted, what follows a
    question mark came as a query."""
    return [f"{tag}?{_plain(query)}", tag] if query else [tag]


def _plain(text: str) -> str:
    """Unquoted; as it stands where that holds what no tag has and PostgreSQL takes in no text."""
    return text if "\0" in (plain := unquote(text)) else plain
