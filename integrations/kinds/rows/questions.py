"""Rows that might mean another thing than they seem to: what is asked, and what may be answered.

A row is refused until somebody chose; the choice is kept with the row and carried out by the
nouns' own actions, with their permissions. A kind of import declares what its rows ask."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from integrations.kinds.rows.decided import OF_THE_ROW
from integrations.models import StagedRow

_made: list["Question"] = []


@dataclass(frozen=True, eq=False)
class Question:
    """Something that is asked of rows, under a name by which it is kept.

    What changes nothing by itself is remembered for the next file of the source: that a row means
    what the register has, as the register has it. What corrects, merges, brings back or makes
    something is asked again where it is still a question: somebody may have put the register right
    since."""

    name: str
    sentence: str | Promise
    #: What may be chosen -> what it does.
    choices: Mapping[str, str | Promise]
    #: Whether it is about people: what was answered is forgotten when somebody is.
    of_people: bool = field(kw_only=True)
    #: The choices that are remembered and used unasked.
    as_before: frozenset[str] = frozenset()
    #: What is remembered besides.
    kept: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _made.append(self)

    @property
    def remembered(self) -> frozenset[str]:
        return self.as_before | self.kept

    def faults(self) -> Iterator[str]:
        """Why nobody could ask it."""
        longest = StagedRow._meta.get_field("conflict").max_length or 0
        if not self.name.isidentifier() or len(self.name) > longest:
            yield f"the name of its question {self.name!r} is no word of at most {longest} letters"
        if not self.choices:
            yield f"nothing can be answered to its question {self.name!r}"
        if unknown := sorted(self.remembered - self.choices.keys()):
            yield f"nobody can choose {unknown} of its question {self.name!r}"


def undeclared(declared: Iterable[Question]) -> list[str]:
    """The questions that no kind declares: nobody could answer them."""
    known = set(declared)
    return [question.name for question in _made if question not in known]


NONE = Question(
    OF_THE_ROW,
    _("It looks like totals, headings, a section, the foot of a page, or names nobody"),
    {"row": _("it is a row of its own")},
    of_people=False,
)
REOPEN = Question(
    "reopen",
    _("It was put out of use, and this file names it"),
    {
        "open": _("it is in use again"),
        "keep": _("it stays out of use"),
    },
    of_people=False,
)
