"""What is asked of rows of a roster that might mean somebody else than they seem to."""

from django.utils.translation import gettext_lazy as _

from integrations.kinds.names.alike import PLACE
from integrations.kinds.rows.questions import NONE, Question

PERSON = Question(
    "person",
    _("The id is here, with another name: it may be somebody else's by now"),
    {
        "correct": _("it is that person, who is called as this file says"),
        "keep": _("it is that person, and the register has the right name"),
    },
    of_people=True,
    as_before=frozenset({"keep"}),
)
OTHER_ROLE = Question(
    "role",
    _("The id is here, of a student where this file speaks of staff, or the other way round"),
    {
        "correct": _("it is that person, who is now as this file says"),
        "keep": _("it is that person, whose name and role stay as they are here"),
    },
    of_people=True,
    as_before=frozenset({"keep"}),
)
TWICE = Question(
    "twice",
    _("Somebody new looks like somebody who is here, or in another row"),
    {"another": _("it is another person")},
    of_people=False,
)
MAIL = Question(
    "mail",
    _("Somebody who is here gets the e-mail of somebody else"),
    {
        "keep": _("the register has the right e-mail: leave it"),
        "correct": _("it is theirs, as this file says"),
    },
    of_people=True,
    as_before=frozenset({"keep"}),
)
NAME = Question(
    "name",
    _("A whole name, of which nothing says which part is the last name"),
    {
        "first": _("the first word is the first name, all else the last name"),
        "last": _("the last word is the last name, all else the first name"),
        "turned": _("the first word is the last name, all else the first name"),
    },
    of_people=False,
)
DEPARTED = Question(
    "departed",
    _("They stand beneath a section of those who left, and nothing in the row says so"),
    {
        "left": _("they left: they are not on the roster any more"),
        "here": _("they are here all the same: take the row as it is"),
    },
    of_people=False,
    as_before=frozenset({"here"}),
)

#: In the order in which a page asks them.
ASKED = (PLACE, PERSON, OTHER_ROLE, TWICE, MAIL, DEPARTED, NONE, NAME)
