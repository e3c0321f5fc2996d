"""A row of a file: what its cells say, and what it would do."""

from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from core.problems import one_stop
from integrations.kinds.rows import decided
from integrations.kinds.rows.answered import Answered
from integrations.kinds.rows.changes import Changes, change
from integrations.kinds.rows.questions import NONE, Question
from integrations.models import StagedRow

#: Of a field that says a fact of the row's noun, by the name that the noun has for it.
FACT = {"fact": True}
_facts: dict[type["Row"], tuple[str, ...]] = {}


def facts_of(kind: type["Row"]) -> tuple[str, ...]:
    """The names of the facts that rows of a kind may say."""
    if kind not in _facts:
        _facts[kind] = tuple(f.name for f in fields(kind) if f.metadata.get("fact"))
    return _facts[kind]


@dataclass(slots=True, eq=False)
class Row:
    """What the cells of a row say: a field for each column (None: it says nothing), and fields
    for what that was found to mean. Who asks for one that is not there is told by the type
    checker."""

    def facts(self) -> dict[str, Any]:
        """The facts that it says, as the actions of its noun take them."""
        said = ((name, getattr(self, name)) for name in facts_of(type(self)))
        return {name: value for name, value in said if value is not None}

    def persons(self) -> tuple[str, str]:
        """The two whom it names or tells of, by local id: the row is forgotten with them."""
        return "", ""


@dataclass(slots=True, eq=False)
class SchoolRow(Row):
    """A row of what is of a school, which several columns may name."""

    school: str | None = None
    school_2: str | None = None
    school_3: str | None = None

    @property
    def schools(self) -> tuple[str | None, str | None, str | None]:
        return self.school, self.school_2, self.school_3


R_co = TypeVar("R_co", bound=Row, covariant=True)
C_co = TypeVar("C_co", bound=Changes, covariant=True)


@dataclass(slots=True, eq=False)
class Planned(Generic[R_co, C_co]):
    """A row being planned: what it says, and what is wrong with it."""

    row: StagedRow
    values: R_co
    changes: C_co
    problems: list[list[str]] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)  # columns whose word says nothing
    notes: list[tuple[str, str]] = field(default_factory=list)  # (column, what was done to a cell)
    outcome: str = ""
    object_id: int | None = None
    conflict: str = ""  # the question that somebody has to answer
    warnings: list[str] = field(default_factory=list)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # decided.py
    answered: Answered = field(default_factory=dict)  # of the source: answered.py
    recalled: set[str] = field(default_factory=set)  # the questions that were answered by that

    @property
    def no_row(self) -> bool:
        """Whether it waits until somebody says that it is a row of its own."""
        return self.conflict == NONE.name

    def ask(
        self, asked: Question, name: str, sentence: str, *about: object, before: str = ""
    ) -> str:
        """What somebody chose for this row, or answered for an earlier file of its source; empty,
        and the row refused, until they did. `about`: the things and the words that the question is
        about, which is asked anew where they are others (default: its sentence). `before`: what
        follows from what was answered of another question."""
        about = about or (str(sentence),)
        here, choices = decided.print_of(about), asked.choices
        before = self.answered.get(asked.name, {}).get(here, before)
        choice = decided.chosen(self.row, asked.name, about)
        self.asked.setdefault(asked.name, {})[here] = choice
        if not choice and before in asked.as_before:
            self.recalled.add(asked.name)
            message = _("%(question)s As answered before for this source: %(answer)s.")
            self.warnings.append(message % {"question": sentence, "answer": choices[before]})
            return before
        if choice not in choices:
            self.not_allowed(asked, name, sentence)
            return ""
        return choice

    def told_before(self, asked: Question, *about: object) -> str:
        """What was answered for an earlier file where this was asked; asks nothing."""
        return self.answered.get(asked.name, {}).get(decided.print_of(about), "")

    def chose(self, asked: Question, *about: object) -> str:
        """What somebody chose where this was asked; asks nothing."""
        return decided.chosen(self.row, asked.name, about)

    def not_allowed(self, asked: Question, name: str, sentence: str) -> None:
        """Refuse, and ask (again) what to do."""
        self.conflict = self.conflict or asked.name
        self.refuse(name, sentence)

    def refuse(self, name: str, sentence: str) -> None:
        self.problems.append([name, one_stop(str(sentence))])

    def compare(self, there: object) -> None:
        """Note the facts that the row says otherwise than they are `there`."""
        for name, said in self.values.facts().items():
            if said != (old := getattr(there, name)):
                setattr(self.changes, name, change(old, said))
