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
    "void": (
        _("The thing is void: somebody said that it never was"),
        {"back": _("it is here after all: bring it back, with what was paid for it")},
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
        _("The same tag is here, or in another row, with other zeros or signs"),
        {
            "that": _("it is that one"),
            "another": _("it is another one"),
        },
    ),
    "spelled": (
        _("The same serial number is here, or in another row, with other zeros or signs"),
        {
            "that": _("it is that one"),
            "another": _("it is another one"),
        },
    ),
    "again": (
        _("A thing without tag and serial number is here in the same words, of another list"),
        {
            "that": _("it is that one"),
            "another": _("it is another one"),
        },
    ),
    "purchase": (
        _("A new purchase order looks like another, with other zeros or signs"),
        {
            "that": _("it is that one"),
            "another": _("it is another one"),
        },
    ),
    "vendor": (
        _("A new vendor looks like another, with other signs"),
        {
            "that": _("it is that one"),
            "another": _("it is another one"),
        },
    ),
    "place": (
        _("A new school or room looks like another, with other zeros or signs"),
        {
            "that": _("it is that one"),
            "another": _("it is another one"),
        },
    ),
    "person": (
        _("The id is here, with another name: it may be somebody else's by now"),
        {
            "correct": _("it is that person, who is called as this file says"),
            "keep": _("it is that person, and the register has the right name"),
        },
    ),
    "role": (
        _("The id is here, of a student where this file speaks of staff, or the other way round"),
        {
            "correct": _("it is that person, who is now as this file says"),
            "keep": _("it is that person, whose name and role stay as they are here"),
        },
    ),
    "twice": (
        _("Somebody new looks like somebody who is here, or in another row"),
        {"another": _("it is another person")},
    ),
    "mail": (
        _("Somebody who is here gets the e-mail of somebody else"),
        {
            "keep": _("the register has the right e-mail: leave it"),
            "correct": _("it is theirs, as this file says"),
        },
    ),
    "namesake": (
        _("An id, user name or e-mail that nobody here has, beside a name that one person has"),
        {"that": _("the person of that name has it")},
    ),
    "misnamed": (
        _("The id, user name or e-mail of somebody here, beside another name"),
        {"that": _("whoever has the id, user name or e-mail has it")},
    ),
    "alone": (
        _("One cell of the row is all that is filled, as in the name of a section"),
        {"thing": _("it is a thing")},
    ),
    "none": (
        _("It looks like totals, headings, a section, the foot of a page, or names nobody"),
        {"row": _("it is a row of its own")},
    ),
    "name": (
        _("A whole name, of which nothing says which part is the last name"),
        {
            "first": _("the first word is the first name, all else the last name"),
            "last": _("the last word is the last name, all else the first name"),
            "turned": _("the first word is the last name, all else the first name"),
        },
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
    "returned": (
        _("In stock, for a thing that somebody has"),
        {
            "keep": _("leave it with them"),
            "check_in": _("it came back: check it in to its home room, else to its school"),
        },
    ),
    "away": (
        _("Another school for a thing that somebody has"),
        {
            "keep": _("leave it as it is"),
            "correct": _("correct its school: they keep it"),
        },
    ),
    "closed": (
        _("Awards that are out of use would pay for a thing"),
        {"pays": _("they paid for it: take it over")},
    ),
    "renewed": (
        _("An award that pays for things, with another number or the days of another year"),
        {"correct": _("it is that award: what this file says of it is right")},
    ),
    "reopen": (
        _("It was put out of use, and this file names it"),
        {
            "open": _("it is in use again"),
            "keep": _("it stays out of use"),
        },
    ),
}
