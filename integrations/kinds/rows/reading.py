"""What the cells of a row say in the fields that their columns become."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from core.files.tabular import typed
from integrations.ditto import LONGEST_DITTO, stands_for_above, write_it_out
from integrations.fields import Field
from integrations.kinds.rows.changes import Changes
from integrations.kinds.rows.planned import Planned, Row
from integrations.kinds.rows.unknown import Unknown
from integrations.options import Options
from integrations.ordering import Order
from integrations.secret_texts import gap
from integrations.sheet import MARK_END, MERGED
from integrations.understand import Cell, is_amount, understand
from integrations.words import SILENT, WordList


class Reader:
    """The columns of a file. Most say few different things: each of those is read once a batch."""

    def __init__(
        self,
        mapping: Mapping[str, str],
        fields: Iterable[Field],
        options: Options,
        order: Order,
        unknown: Unknown,
    ) -> None:
        by_name = {f.name: f for f in fields}
        several = Counter(mapping.values())
        #: Whose cells a refusal names: the field, or the column where several become one field.
        self.named = {h: name if several[name] == 1 else h for h, name in mapping.items()}
        self.columns = [
            (header, by_name[name], dict[str, Cell]())
            for header, name in mapping.items()
            if name in by_name
        ]
        self.options, self.order, self.unknown = options, order, unknown
        self.left_out = gap()

    def read(self, plan: Planned[Row, Changes]) -> None:
        """Take what the cells of a row say into its values; what cannot be taken refuses the row,
        and what was done to a cell is noted."""
        raw = plan.row.raw
        for header, field, known in self.columns:
            text = str(raw.get(header, ""))
            cell = known.get(text)
            if cell is None:
                cell = self._read(header, field, text.strip())
                if not cell.counted:
                    known[text] = cell
            if cell.notes:
                plan.notes += [(header, note) for note in cell.notes]
            if cell.problem:
                plan.refuse(self.named[header], cell.problem)
            elif cell.silent:
                plan.silent.add(field.name)
            elif not cell.empty:
                said = getattr(plan.values, field.name) if field.either else None
                if said is None:
                    setattr(plan.values, field.name, cell.value)
                elif str(said).casefold() != str(cell.value).casefold():
                    plan.refuse(self.named[header], _otherwise(header, cell.value, said))

    def _read(self, header: str, field: Field, raw: str) -> Cell:
        if not raw:
            return Cell(empty=True)
        if raw[-1] == MARK_END and (once := MERGED.search(raw)):
            if is_amount(field):
                return Cell(problem=_once(once[1], once[2]))
            raw = raw[: once.start()]
        if len(raw) < LONGEST_DITTO and stands_for_above(field.name, typed(raw)):
            return Cell(problem=write_it_out(raw))
        if self.left_out in raw and not (field.free or field.prose):
            return Cell(problem=_not_here())
        if field.words is not None:
            return self._word(field.name, field.words, typed(raw))
        return understand(field, header, raw, self.options, self.order)

    def _word(self, name: str, words: WordList, raw: str) -> Cell:
        """What a word of an enumerated column means."""
        meaning = self.unknown.word(name, words, raw)
        if meaning is None:
            message = _("“%(word)s” is none of: %(choices)s. Say once what it means.")
            choices = ", ".join(label for key, label in words.offered() if key != SILENT)
            problem = message % {"word": raw[:100], "choices": choices}
            return Cell(problem=problem, counted=True)
        counted = meaning.how != "ours"
        if meaning.key == SILENT:
            return Cell(silent=True, counted=counted)
        return Cell(words.value(meaning.key), counted=counted)


def _otherwise(header: str, value: object, said: object) -> str:
    """Two columns of one meaning differ: neither is believed."""
    message = _("%(column)s says %(value)s, and another column that means the same %(said)s.")
    return message % {"column": header, "value": value, "said": said}


def _once(first: str, last: str) -> str:
    message = _(
        "The sheet shows this once for the rows %(first)s to %(last)s: write what each of them has."
    )
    return message % {"first": first, "last": last}


def _not_here() -> str:
    return _(
        "What stood here was left out: it looks like a birthday, password or number that is kept "
        "nowhere. Write what belongs here, or leave the cell empty."
    )
