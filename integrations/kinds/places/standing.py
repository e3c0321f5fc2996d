"""Rows of a list of schools that say, in columns that nobody uses, that they are no school or not
in use: among the orgs of OneRoster are districts and departments, and what is to be deleted."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.headings import words
from integrations.kinds.places.rows import PlacePlan
from integrations.kinds.rows.questions import Question
from integrations.kinds.unused.gone_words import says_closed, says_out
from integrations.models import ImportSession

OUT = Question(
    "out",
    gettext_lazy("It says that it is no school, or that it is not in use"),
    {"here": gettext_lazy("it is in use all the same: take it as the row has it")},
    of_people=False,
    as_before=frozenset({"here"}),
)
_KIND = frozenset(("location", "of", "org", "organization", "school", "site", "type"))
_NO_SCHOOLS = frozenset(
    ("county", "department", "district", "lea", "local", "national", "region", "sea", "state")
)


class Standing:
    """The columns that nobody uses and that may say so."""

    def __init__(self, session: ImportSession) -> None:
        unused = {h: words(h) for h in session.headers if not session.mapping.get(h)}
        self.kinds = [h for h, said in unused.items() if "type" in said and _KIND.issuperset(said)]
        self.states = [h for h, said in unused.items() if says_closed(said)]

    def weigh(self, plan: PlacePlan) -> None:
        """Ask of a row that would bring a school or room into use and says so; what is in use
        already stays, and the row says that it does."""
        for header, cell in self._said(plan):
            changes = plan.changes
            if plan.outcome == "create" or changes.room is not None or changes.active is not None:
                message = _(
                    "%(column)s says %(cell)s, so it is no school or room in use. Leave the row "
                    "out, or say that it is in use."
                )
                sentence = message % {"column": header, "cell": cell}
                if not plan.ask(OUT, "", sentence, header, cell.lower()):
                    return
            else:
                plan.warnings.append(_("Not taken over: %s.") % f"{header} {cell}")

    def _said(self, plan: PlacePlan) -> list[tuple[str, str]]:
        raw = {h: str(plan.row.raw.get(h, "")).strip()[:100] for h in (*self.kinds, *self.states)}
        # Beside a room it is a kind of room.
        kinds = [] if plan.values.room else self.kinds
        return [(h, raw[h]) for h in kinds if _NO_SCHOOLS.intersection(words(raw[h]))] + [
            (h, raw[h]) for h in self.states if says_out(h, raw[h])
        ]
