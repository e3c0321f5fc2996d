"""Rows that might mean another thing than they seem to: what is asked, and what may be answered.

A row is refused until somebody chose; the choice is kept with the row and carried out by the
nouns' own actions, with their permissions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What is asked -> (its sentence, choice -> what it does).
CONFLICTS: dict[str, tuple[str | Promise, dict[str, str | Promise]]] = {
    "other": (
        _("The tag is here, with another serial number, make or model"),
        {
            "correct": _("correct that one: it is as this file says"),
            "keep": _("it is that one, and the register is right"),
            "retag": _("this is another thing: give it the next free tag"),
        },
    ),
    "two": (
        _("The tag is one thing's, the serial number another's"),
        {
            "merge": _("these are one: merge them"),
            "retag": _("it is the one with the serial number, whose tag stays"),
        },
    ),
    "serial": (
        _("The serial number is here, with another tag"),
        {
            "correct": _("correct that one: its tag is the file's"),
            "retag": _("it is that one, and its tag stays"),
        },
    ),
    "model": (
        _("The serial number is here, with another make or model"),
        {
            "keep": _("it is that one, and the register is right"),
            "correct": _("correct that one: it is as this file says"),
            "another": _("it is another one"),
        },
    ),
    "alike": (
        _("The same number is here with more or fewer zeros"),
        {
            "that": _("it is that one"),
            "another": _("it is another one"),
        },
    ),
    "person": (
        _("The id is here, with another first and last name"),
        {
            "correct": _("it is that person, who is called as this file says"),
            "keep": _("it is that person, and the register has the right name"),
        },
    ),
    "alone": (
        _("One cell of the row is all that is filled, as in the name of a section"),
        {"thing": _("it is a thing")},
    ),
    "standing": (
        _("A status in which nobody has a thing, beside a person"),
        {
            "status": _("the status is right: nobody has it"),
            "person": _("the person has it: it is in use"),
        },
    ),
    "held": (
        _("A room for a thing that somebody has"),
        {
            "keep": _("leave it with them"),
            "check_in": _("check it in to this room"),
        },
    ),
    "away": (
        _("Another school for a thing that somebody has"),
        {
            "keep": _("leave it as it is"),
            "correct": _("correct its school: they keep it"),
        },
    ),
}
