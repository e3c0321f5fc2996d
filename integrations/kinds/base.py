"""What every kind of import shares."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.access import Actor
from integrations.fields import Field
from integrations.headings import squashed, words
from integrations.kinds.rows.answered import answered_before
from integrations.kinds.rows.changes import Changes
from integrations.kinds.rows.no_rows import no_row
from integrations.kinds.rows.planned import Planned, Row
from integrations.kinds.rows.questions import NONE, Question
from integrations.kinds.rows.reading import Reader
from integrations.kinds.rows.unknown import Unknown
from integrations.models import ImportSession, StagedRow
from integrations.ordering import Order
from integrations.own_words import in_own_words
from integrations.understand import is_day

LONGEST_NUMBER = 12  # digits of a tag or an id that a spreadsheet may have taken zeros off


def plain(header: str) -> str:
    """A header as its words in lower case."""
    return " ".join(words(header))


def lower_in(field: str, texts: Iterable[str]) -> Q:
    """Rows whose field is one of these in whatever case. Lower() of SQLite knows ASCII alone, so
    a text as it is written matches too. The query needs `annotate(key=Lower(field))`."""
    texts = set(texts)
    return Q(key__in={t.lower() for t in texts}) | Q(**{f"{field}__in": texts})


def with_zeros(texts: Iterable[str]) -> dict[str, str]:
    """What numbers were before a spreadsheet took their leading zeros off, each to what is
    left of it."""
    numbers = {t for t in texts if t.isdecimal() and not t.startswith("0")}
    return {"0" * n + t: t for t in numbers for n in range(1, LONGEST_NUMBER - len(t) + 1)}


def lost_zeros(there: str) -> str:
    """The sentence for a number whose zeros are missing."""
    return (
        _(
            "A spreadsheet seems to have taken the zeros off: %s is here. Write it so, or format "
            "the column as text."
        )
        % there
    )


R = TypeVar("R", bound=Row)
C = TypeVar("C", bound=Changes)
S = TypeVar("S")


class ImportKind(ABC, Generic[R, C, S]):
    """What can be imported. `R`: what a row of it says; `C`: what it may change; `S`: what its rows
    said so far, kept while a file is planned."""

    name: str
    #: What it brings in, as people read it.
    label: str | Promise
    fields: tuple[Field, ...]
    #: Its rows are people: of whoever is forgotten nothing of a row stays.
    of_people: bool = False
    #: What its rows may ask, in the order in which a page asks it.
    questions: tuple[Question, ...] = (NONE,)
    #: Of what its rows are, with a `version`.
    model: type[Model]
    #: It has an attribute for each of the fields.
    row: type[R]
    #: It has an attribute for each fact that a row may say.
    changes: type[C]

    def __str__(self) -> str:
        return str(getattr(self, "name", type(self).__name__))

    def question(self, name: str) -> Question | None:
        return next((q for q in self.questions if q.name == name), None)

    def meant(self) -> dict[str, str]:
        """The headings that are known, as they are compared, each with its field."""
        says: tuple[Callable[[str], str], ...] = (in_own_words(), str)
        fields = self.fields[::-1]  # the first that has one is meant
        return {n: f.name for say in says for f in fields for n in f.headings(say)}

    def codes(self) -> frozenset[str]:
        """The known headings whose columns hold codes of things, which may look like anything."""
        return self._names(f for f in self.fields if f.any_looks)

    def _names(self, fields: Iterable[Field]) -> frozenset[str]:
        says = (str, in_own_words())
        return frozenset(n for f in fields for say in says for n in f.headings(say))

    def guess(self, headers: Sequence[str]) -> dict[str, str]:
        """Header -> field by name and synonyms; each field once, but for one whose headings mean
        the very same. What no heading says in our words may be said in the district's."""
        mapping: dict[str, str] = {}
        for say in (str, in_own_words()):
            said = set(mapping.values())
            for f in (f for f in self.fields if f.name not in said):
                for name in f.headings(say):
                    found = [h for h in headers if squashed(h) == name and h not in mapping]
                    mapping |= dict.fromkeys(found if f.either else found[:1], f.name)
                    if found and not f.either:
                        break
        return mapping

    def twice(self, mapping: Mapping[str, str]) -> list[str]:
        """The fields that two columns become and must not."""
        either = {f.name for f in self.fields if f.either}
        return [f for f, n in Counter(mapping.values()).items() if n > 1 and f not in either]

    def days(self, mapping: dict[str, str]) -> set[str]:
        """The columns that become days."""
        names = {f.name for f in self.fields if is_day(f.parse)}
        return {header for header, name in mapping.items() if name in names}

    def spoken(self, said: list[str], used: Collection[str]) -> Promise | str:
        """What is said of a column that nobody uses, by the words of its heading, where it speaks
        of what must not be missed (kinds/unused). `used`: the fields that others become."""
        return ""

    def settle(
        self, mapping: dict[str, str], sample: Sequence[dict[str, str]], by: Actor
    ) -> dict[str, str]:
        """The mapping after a look at some rows, where headings alone leave open what a column
        is."""
        return mapping

    def parse(
        self, session: ImportSession, rows: Sequence[StagedRow], unknown: Unknown
    ) -> list[Planned[R, C]]:
        """Rows with their cells read; an empty cell means: leave as it is. A word of an enumerated
        column that nobody knows is asked for once, and refuses its rows until then."""
        answered = answered_before(session)
        order = Order.of(session.said, self.days(session.mapping))
        used = {h: f for h in session.headers if (f := session.mapping.get(h))}
        reader = Reader(used, self.fields, session.said, order, unknown)
        names = {f.name: frozenset((*f.headings(), *f.headings(unknown.own))) for f in self.fields}
        planned = []
        for row in rows:
            plan = self.unread(row)
            plan.answered = answered
            reader.read(plan)
            if why := no_row(row, session.mapping, names):
                plan.problems, plan.values = [], self.row()
                plan.ask(NONE, "", why)
            else:
                self.beneath(plan, session.mapping)
            planned.append(plan)
        return planned

    def beneath(self, plan: Planned[R, C], mapping: Mapping[str, str]) -> None:
        """Look at a row that may stand beneath a section of what is gone: of most kinds nobody
        says so."""

    def unread(
        self, row: StagedRow, *, outcome: str = "", problems: Sequence[list[str]] = ()
    ) -> Planned[R, C]:
        """A row of which nothing is read."""
        plan = Planned(row, self.row(), self.changes(), outcome=outcome)
        plan.problems += problems
        return plan

    @abstractmethod
    def begin(self, session: ImportSession, by: Actor, unknown: Unknown) -> S:
        """What a file's rows said, before the first of them is planned."""

    @abstractmethod
    def plan(
        self,
        session: ImportSession,
        rows: Sequence[StagedRow],
        by: Actor,
        seen: S,
        unknown: Unknown,
    ) -> list[Planned[R, C]]:
        """Decide for each row what it would do. `seen` lives for the whole file."""

    def told(self, session: ImportSession, seen: S, by: Actor) -> list[str]:
        """What is to be said of the file once all of its rows are planned."""
        return []

    def other_than(self, outcome: str, previewed: C, plan: Planned[R, C]) -> bool:
        """Whether a row would now do what its preview (`outcome`, and what it would have changed)
        did not show: change what is there since, or change it from another value. That others did
        some of it meanwhile is no matter, and neither is what a school or an award is called
        since: keys are compared, never what was shown."""
        if plan.outcome != "update":
            return False
        if outcome != "update":
            return True
        return plan.changes.beyond(previewed)

    @abstractmethod
    def apply(self, session: ImportSession, plans: Sequence[Planned[R, C]], by: Actor) -> None:
        """Do it through the actions, inside the caller's transaction; sets row.object_id."""

    @abstractmethod
    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        """Undo one row; a sentence where it cannot be undone, else empty."""

    def undo_many(self, session: ImportSession, rows: Sequence[StagedRow], by: Actor) -> list[str]:
        """`undo` for many rows, inside the caller's transaction. Raises ProblemError where an
        action refuses one of them: none is undone then."""
        return [self.undo(session, row, by) for row in rows]

    def found(self, row: StagedRow) -> dict[int, int]:
        """Which versions a row found of the things that it changed, by their keys. What was applied
        before that was kept says nothing."""
        version = self.changes.read(row).version
        return {row.object_id: version.was} if row.object_id and version is not None else {}
