"""What is asked of rows that might mean another thing, person or money than they seem to."""

from django.utils.translation import gettext_lazy as _

from assets.models import Status
from integrations.kinds.names.alike import PLACE
from integrations.kinds.rows.questions import NONE, Question

OTHER = Question(
    "other",
    _("The tag is here, with another serial number, make or model"),
    {
        "correct": _("correct that one: it is as this file says"),
        "keep": _("it is that one, and the register is right"),
        "retag": _("this is another item: give it the next free tag"),
    },
    of_people=False,
    as_before=frozenset({"keep"}),
    # It tells what a row means whose thing came in by it.
    kept=frozenset({"retag"}),
)
TWO = Question(
    "two",
    _("The tag is one item's, the serial number another's"),
    {
        "merge": _("these are one: merge them"),
        "retag": _("it is the one with the serial number, whose tag stays"),
    },
    of_people=False,
    as_before=frozenset({"retag"}),
)
SERIAL = Question(
    "serial",
    _("The serial number is here, with another tag"),
    {
        "correct": _("correct that one: its tag is the file's"),
        "retag": _("it is that one, and its tag stays"),
    },
    of_people=False,
    as_before=frozenset({"retag"}),
)
VOID = Question(
    "void",
    _("The item is void: somebody said that it never was"),
    {"back": _("it is here after all: bring it back, with what was paid for it")},
    of_people=False,
)
MODEL = Question(
    "model",
    _("The serial number is here, with another make or model"),
    {
        "keep": _("it is that one, and the register is right"),
        "correct": _("correct that one: it is as this file says"),
        "another": _("it is another one"),
    },
    of_people=False,
    as_before=frozenset({"keep"}),
)
EXCHANGED = Question(
    "swapped",
    _("Tags and serial numbers are those of items that are here, exchanged"),
    {
        "that": _("exchange them: each is what the other column says"),
        "another": _("they are right: these are other items"),
    },
    of_people=False,
    as_before=frozenset({"that"}),
)
ALIKE = Question(
    "alike",
    _("The same tag is here, or in another row, with other zeros or signs"),
    {
        "that": _("it is that one"),
        "another": _("it is another one"),
    },
    of_people=False,
    as_before=frozenset({"that"}),
)
SPELLED = Question(
    "spelled",
    _("The same serial number is here, or in another row, with other zeros or signs, or O for 0"),
    {
        "that": _("it is that one"),
        "another": _("it is another one"),
    },
    of_people=False,
    as_before=frozenset({"that"}),
)
AGAIN = Question(
    "again",
    _("An item without tag and serial number is here in the same words, of another list"),
    {
        "that": _("it is that one"),
        "another": _("it is another one"),
    },
    of_people=False,
    as_before=frozenset({"that"}),
)
PURCHASE = Question(
    "purchase",
    _("A new purchase order looks like another, with other zeros or signs"),
    {
        "that": _("it is that one"),
        "another": _("it is another one"),
    },
    of_people=False,
    as_before=frozenset({"that"}),
)
VENDOR = Question(
    "vendor",
    _("A new vendor looks like another, with other signs"),
    {
        "that": _("it is that one"),
        "another": _("it is another one"),
    },
    of_people=False,
    as_before=frozenset({"that"}),
)
NAMESAKE = Question(
    "namesake",
    _("An id, user name or e-mail that nobody here has, beside a name that one person has"),
    {"that": _("the person of that name has it")},
    of_people=True,
    as_before=frozenset({"that"}),
)
MISNAMED = Question(
    "misnamed",
    _("The id, user name or e-mail of somebody here, beside another name"),
    {"that": _("whoever has the id, user name or e-mail has it")},
    of_people=True,
    as_before=frozenset({"that"}),
)
ALONE = Question(
    "alone",
    _("One cell of the row is all that is filled, as in the name of a section"),
    {"thing": _("it is an item")},
    of_people=False,
)
#: What a section may say of what is beneath it.
GONE_SO = (
    Status.MISSING,
    Status.LOST,
    Status.STOLEN,
    Status.SURPLUS,
    Status.AWAITING_DISPOSAL,
    Status.DISPOSED,
)
BENEATH = Question(
    "beneath",
    _("It stands beneath a section of what is lost or gone, and says nothing of it"),
    {
        "section": _("it is what its section is called: missing, lost, stolen, surplus, disposed"),
        **{str(s): s.label for s in GONE_SO},
        "here": _("it is here all the same: take it as the row has it"),
    },
    of_people=False,
    as_before=frozenset({"here"}),
)
STANDING = Question(
    "standing",
    _("A status in which nobody has an item, beside a person"),
    {
        "status": _("the status is right: nobody has it"),
        "person": _("the person has it: it is in use"),
    },
    of_people=False,
)
HELD = Question(
    "held",
    _("A room for an item that somebody has"),
    {
        "keep": _("leave it with them"),
        "check_in": _("check it in to this room"),
    },
    of_people=False,
)
RETURNED = Question(
    "returned",
    _("In stock, for an item that somebody has"),
    {
        "keep": _("leave it with them"),
        "check_in": _("it came back: check it in to its home room, else to its school"),
    },
    of_people=False,
)
AWAY = Question(
    "away",
    _("Another school for an item that somebody has"),
    {
        "keep": _("leave it as it is"),
        "correct": _("correct its school: they keep it"),
    },
    of_people=False,
)
CLOSED = Question(
    "closed",
    _("Awards that are out of use would pay for an item"),
    {"pays": _("they paid for it: take it over")},
    of_people=False,
)

#: In the order in which a page asks them.
ASKED = (
    OTHER,
    TWO,
    SERIAL,
    VOID,
    MODEL,
    EXCHANGED,
    ALIKE,
    SPELLED,
    AGAIN,
    PURCHASE,
    VENDOR,
    PLACE,
    NAMESAKE,
    MISNAMED,
    ALONE,
    BENEATH,
    NONE,
    STANDING,
    HELD,
    RETURNED,
    AWAY,
    CLOSED,
)
