"""JSON as it was meant: one value for each name, no bottomless nesting, no endless body."""

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from core.problems import Problem, invalid_if
from core.text.plain import is_text, not_text
from core.web.details import token


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("A name stands twice in one object."))
    return found


def _no_number(text: str) -> None:
    raise ValueError(_("NaN and Infinity are not JSON."))


class StrictJSONParser(JSONParser):
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body's value. Raises ParseError (400) for anything but UTF-8 JSON."""
        try:
            text = stream.read().decode()
            value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
            # Only an escape can hold what UTF-8 cannot.
            problems = list(_no_text(value)) if "\\u" in text else []
        except RecursionError as error:
            raise ParseError(_("This is nested too deep.")) from error
        except ValueError as error:
            raise ParseError(_("This is not JSON: %s") % error) from error
        invalid_if(problems)
        return value


def _no_text(value: Any, pointer: str = "") -> Iterator[Problem]:
    """A problem for each string, names too, that holds what no text is made of: half of a surrogate
    pair, which UTF-8 cannot write, or a zero byte, which PostgreSQL keeps nowhere."""
    if isinstance(value, str):
        if not is_text(value):
            yield not_text(pointer)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if is_text(name):
                yield from _no_text(inner, f"{pointer}/{token(name)}")
            else:
                yield not_text(pointer)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _no_text(inner, f"{pointer}/{i}")
