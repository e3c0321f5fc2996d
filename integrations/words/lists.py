"""The closed lists themselves. A word is `sure` only where the system that uses it leaves no doubt;
single letters and figures mean different things in different systems and are asked."""

from django.utils.translation import gettext_lazy as _

from assets.models import Condition, Status
from core.text.folded import fold
from integrations.words.wordlist import LEFT_OUT, SILENT, WordList
from people.models import Person

STUDENT, STAFF = str(Person.Kind.STUDENT), str(Person.Kind.STAFF)


def _all(key: str, words: str) -> dict[str, str]:
    return {word.strip(): key for word in words.split(",")}


#: Student or staff (people.kind).
ROLE = WordList(
    choices={
        STUDENT: (STUDENT, Person.Kind.STUDENT.label),
        STAFF: (STAFF, Person.Kind.STAFF.label),
        LEFT_OUT: (LEFT_OUT, _("neither: leave these rows out")),
    },
    sure={
        "OneRoster": _all(STUDENT, "student")
        | _all(STAFF, "teacher, aide, administrator, proctor, counselor, principal")
        | _all(STAFF, "district administrator, site administrator, system administrator")
        | _all(LEFT_OUT, "guardian, parent, relative"),
        "School Data Sync": _all(STAFF, "faculty, professor, adjunct, paraprofessional"),
        "usual": _all(STUDENT, "students, pupil, learner")
        | _all(STAFF, "employee, staff member, teachers"),
    },
    proposed=_all(STAFF, "librarian, nurse, coach, substitute, contractor, teaching assistant"),
)

_LEFT = """withdrawn, graduated, terminated, disabled, transferred, transferred out, left, exited,
    dropped, dropped out, deceased, retired, resigned, deleted, no longer enrolled, former"""

#: Whether somebody is on the roster, in the words of a status (people.active).
STANDING = WordList(
    choices={"active": (True, _("Active")), "inactive": (False, _("Inactive"))},
    sure={
        "OneRoster": _all("inactive", "tobedeleted"),
        "usual": _all("active", "enrolled, current, currently enrolled, yes, true")
        | _all("inactive", f"{_LEFT}, no, false"),
    },
    proposed=_all("active", "a, y, e, pending, on leave")
    | _all("inactive", "i, n, f, w, archived, moved, suspended"),
)

#: The same as yes or no: enabledUser, Active.
ENABLED = WordList(
    choices=STANDING.choices,
    sure=dict(STANDING.sure)
    | {
        "OneRoster": _all("active", "true") | _all("inactive", "false, tobedeleted"),
        "yes or no": _all("active", "yes, y, t, 1, enabled, on")
        | _all("inactive", "no, n, f, 0, off"),
    },
    proposed=STANDING.proposed,
)

#: PowerSchool's Enroll_Status: its numbers, known in a column of that name alone. Who is registered
#: ahead (-1) is asked about.
ENROLLED = WordList(
    choices=STANDING.choices,
    sure=dict(STANDING.sure)
    | {"PowerSchool": _all("active", "0") | _all("inactive", "1, 2, 3, 4")},
    proposed=dict(STANDING.proposed) | _all("active", "-1, pre-registered"),
)

#: Where a thing stands in its life (assets.status).
STATE = WordList(
    choices={str(s.value): (str(s.value), s.label) for s in Status},
    sure={
        "Snipe-IT": _all("in_stock", "ready to deploy, deployable, requestable")
        | _all("in_use", "deployed")
        | _all("in_repair", "out for repair, out for diagnostics"),
        "TIPWeb-IT": _all("in_stock", "available"),
        "usual": _all("in_use", "checked out, assigned, on loan, loaned, loaned out, issued")
        | _all("in_repair", "under repair, repair"),
    },
    proposed=_all("in_stock", "in storage, storage, stored, stock, spare, checked in, unassigned")
    | _all("in_use", "active, in service, installed, enrolled")
    | _all("surplus", "deprovisioned, retired, broken - not fixable, obsolete")
    | _all("missing", "lost/stolen, disabled, not found, unaccounted")
    | _all("in_repair", "damaged, broken, defective")
    | _all("in_transit", "shipped")
    | _all("received", "pending, new")
    | _all(
        "disposed",
        (
            "auctioned, sold, recycled, donated, scrapped, discarded, used for parts, returned "
            "to vendor"
        ),
    ),
    unoffered=frozenset({str(Status.VOID)}),
)

#: Words of a status that say that somebody has it, folded: nothing so lies in stock.
LENT = frozenset(
    fold(w) for w in ("checked out", "on loan", "loaned", "loaned out", "issued", "assigned")
)

#: How worn it is (assets.condition).
WORN = WordList(
    choices={str(c.value) or "unknown": (str(c.value), c.label) for c in Condition},
    sure={"usual": _all("new", "brand new")},
    proposed=_all("good", "excellent, like new, very good, working, functional, operational, ok")
    | _all("fair", "average, used, acceptable")
    | _all("poor", "bad, worn")
    | _all("broken", "damaged, not working, inoperable, defective, non-functional, needs repair")
    | _all(SILENT, "n/a, none, not applicable"),
)

#: To whom or what a thing is out, where a file has a column for it (Snipe-IT's Checkout Type).
OUT_TO = WordList(
    choices={
        "person": ("person", _("a person")),
        "place": ("place", _("a room or place")),
        "thing": ("thing", _("another item")),
        "nobody": ("nobody", _("nobody")),
    },
    sure={
        "Snipe-IT": _all("person", "user") | _all("place", "location") | _all("thing", "asset"),
        "usual": _all("person", "student, staff, employee") | _all("place", "room, site"),
    },
)
