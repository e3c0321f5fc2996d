"""What somebody is called, and whether a text says it."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from core.text.bare import bare

#: A shorter id is a number like any other: it names nobody outside of its own column.
SHORTEST = 4
_ASCII = re.compile(r"[ !#-&(-\[\]-_a-~]+")  # what JSON writes as it is and is written in one way
#: A letter that is none of ASCII, as it is or as JSON escapes it.
_FOREIGN = r"[^ -~]|\\u[0-9a-f]{4}"


@dataclass(frozen=True)
class Called:
    """What somebody is called. An id (a local id, an email address) names them alone; a name names
    them where all its words stand together, in any order. Neither case nor accents nor the kind of
    an apostrophe makes it another one: every program writes them in its own way."""

    ids: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    #: The numbers of the rows that were them.
    keys: tuple[int, ...] = ()
    #: Whether texts are searched for it; where not, only what is kept under an id of theirs.
    everywhere: bool = True

    @cached_property
    def _ids(self) -> list[re.Pattern[str]]:
        return [_word(x) for x in self.ids if len(x.strip()) >= SHORTEST]

    @cached_property
    def _names(self) -> list[list[re.Pattern[str]]]:
        found = [[_word(w) for w in words if w.strip()] for words in self.names]
        return [words for words in found if len(words) > 1]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word of it, case-folded."""
        parts = {*self.ids, *(word for words in self.names for word in words)}
        return frozenset(bare(part.strip()) for part in parts if part.strip())

    @cached_property
    def _single(self) -> list[re.Pattern[str]]:
        """Words that may mean them: the last of each name."""
        return [_word(words[-1]) for words in self.names if words and len(words[-1].strip()) > 1]

    def named_in(self, text: str) -> bool:
        """Whether a text names them for certain."""
        text = bare(text)
        return any(p.search(text) for p in self._ids) or any(
            all(p.search(text) for p in words) for words in self._names
        )

    def perhaps_in(self, text: str) -> bool:
        """Whether a text has their last name, which may be somebody else's too."""
        if self.named_in(text):
            return True
        text = bare(text)
        return any(p.search(text) for p in self._single)

    def without(self, value: Any) -> Any:
        """A JSON value without what names them; equal to `value` where nothing did."""
        if isinstance(value, str):
            return "" if self.named_in(value) else value
        if isinstance(value, list):
            if self.named_in(" ".join(x for x in value if isinstance(x, str))):
                return [self._bare(x) for x in value]
            return [self.without(x) for x in value]
        if isinstance(value, dict):
            together = " ".join(x for x in value.values() if isinstance(x, str))
            clean = self._bare if self.named_in(together) else self.without
            return {k: clean(v) for k, v in value.items() if not self.named_in(str(k))}
        return value

    def _bare(self, value: Any) -> Any:
        """A part of something that names them as a whole: none of their words stays."""
        if not isinstance(value, str):
            return self.without(value)
        text = bare(value)
        said = any(_word(w).search(text) for w in self.words if len(w) > 1)
        return "" if said or text.strip() in self.words else value

    def candidates(self, rows: "QuerySet[Any]", *fields: str) -> "QuerySet[Any]":
        """The rows that may name them in one of these text or JSON columns: the database looks for
        the plain letters, and knows nothing of accents: what has any is read. Whoever asked looks
        again."""
        if not self.everywhere:
            return rows.none()
        q = Q()
        fragments = self._fragments()
        for name in fields if fragments else ():
            text = f"text_of_{name}"
            rows = rows.alias(**{text: Cast(name, TextField())})
            q |= Q(**{f"{text}__regex": _FOREIGN})
            for fragment in fragments - {""}:
                q |= Q(**{f"{text}__icontains": fragment})
        return rows.filter(q) if q else rows.none()

    def _fragments(self) -> set[str]:
        """Of each word the longest part in plain letters; blank where it has none."""
        ids = [x for x in self.ids if len(x.strip()) >= SHORTEST]
        words = [*ids, *(words[-1] for words in self.names if words)]
        return {max(_ASCII.findall(bare(w.strip())), key=len, default="") for w in words}


def _word(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(bare(text.strip()))}(?!\w)")
