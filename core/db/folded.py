"""Text as people look for it: without capitals and accents, alike on both databases."""

import re
import unicodedata
from typing import Any

from django.db.models import CharField, Func

_MARKS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """A text without capitals and accents: José is jose."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()


class Folded(Func):
    """The same of a column. SQLite is taught it by our connection (`core.db.sqlite.base`)."""

    function = "folded"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = (
            "lower(regexp_replace(normalize((%(expressions)s)::text, NFKD), "
            "'[\u0300-\u036f]', '', 'g'))"
        )
        return self.as_sql(compiler, connection, template=template, **context)
