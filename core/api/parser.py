"""JSON as it was meant: one value for each name, no bottomless nesting, no endless body."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


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
            return json.loads(
                stream.read().decode(), object_pairs_hook=_once, parse_constant=_no_number
            )
        except RecursionError as error:
            raise ParseError(_("This is nested too deep.")) from error
        except ValueError as error:
            raise ParseError(_("This is not JSON: %s") % error) from error
