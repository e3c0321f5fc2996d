"""Words of headings that say who left, who has a thing, a name, or whose school it is."""

NAMES = frozenset(("first_name", "last_name", "full_name"))
_LEFT = frozenset(
    (
        "active",
        "archived",
        "deceased",
        "deleted",
        "disabled",
        "dropout",
        "dropped",
        "enabled",
        "enddate",
        "endstatus",
        "exit",
        "exitcode",
        "exitdate",
        "exited",
        "exitreason",
        "graduated",
        "inactive",
        "leaver",
        "leaving",
        "left",
        "resignation",
        "resigned",
        "separated",
        "separation",
        "suspended",
        "terminated",
        "termination",
        "transferred",
        "unenrolled",
        "withdraw",
        "withdrawal",
        "withdrawn",
        "withdrew",
    )
)
#: Of whom a status is, where it is not the only word: a lunch status says nothing of who left.
_WHOSE = frozenset(
    (
        "account",
        "attendance",
        "code",
        "current",
        "emp",
        "employee",
        "employment",
        "end",
        "enroll",
        "enrolled",
        "enrollment",
        "enrolment",
        "membership",
        "person",
        "pupil",
        "record",
        "roster",
        "staff",
        "stu",
        "student",
        "user",
    )
)
_STATUS = frozenset(("stat", "status"))
#: What is the same status in words.
_WORDED = frozenset(("desc", "description", "label", "name", "1", "2", "3"))
#: A former school or name is somebody's who is here.
_FORMER = frozenset(("is", "former", "student", "pupil", "staff", "employee", "user", "flag"))
_PERSON = frozenset(
    (
        "assigned",
        "assignee",
        "borrowed",
        "borrower",
        "checkout",
        "circulation",
        "custodian",
        "email",
        "employee",
        "given",
        "holder",
        "issued",
        "lent",
        "loan",
        "loaned",
        "owner",
        "patron",
        "pupil",
        "staff",
        "student",
        "teacher",
        "upn",
        "user",
        "username",
    )
)
#: A person of these words has the thing; a contact or sales person has not.
_WHOM = frozenset(("charge", "current", "in", "last", "name", "person", "responsible"))
#: What such a word is said of where it names nobody: the type of an owner, a day, a count.
_NOT_WHO = frozenset(
    (
        "age",
        "count",
        "counts",
        "grade",
        "group",
        "groups",
        "kind",
        "type",
        "types",
    )
)
_SCHOOL = frozenset(
    (
        "campus",
        "org",
        "orgs",
        "orgsourcedid",
        "orgsourcedids",
        "school",
        "schools",
    )
)
#: Whose name it is where it is nobody's of the list, or no name of a person.
_NOT_NAME = frozenset(
    (
        "building",
        "campus",
        "class",
        "course",
        "device",
        "district",
        "file",
        "grade",
        "guardian",
        "homeroom",
        "login",
        "middle",
        "org",
        "parent",
        "school",
        "site",
        "teacher",
        "user",
    )
)
_NOT_SCHOOL = frozenset(
    (
        "district",
        "level",
        "type",
        "year",
        "years",
    )
)


def says_who_left(said: list[str]) -> bool:
    """Whether the words of a heading speak of who left, or is there no more."""
    found = set(said)
    if "former" in found and found <= _FORMER:
        return True
    if found & _LEFT or ("end" in found and found & {"date", "day", "status", "code"}):
        return True
    if found >= {"term", "date"} or found >= {"last", "day"}:
        return True
    if found & _STATUS:
        return found <= _STATUS | _WORDED or bool(found & _WHOSE)
    return bool(found & {"enroll", "enrollment", "enrolment"} and found & {"code", "type", "state"})


def says_who(said: list[str]) -> bool:
    """Whether the words of a heading speak of who has a thing."""
    found = set(said)
    if found & _NOT_WHO:
        return False
    return (
        bool(found & _PERSON)
        or found >= {"checked", "out"}
        or found >= {"full", "name"}
        or found >= {"used", "by"}
        or found >= {"return", "date"}
        or ("person" in found and found <= _WHOM)
        or "loan" in found
    )


def says_a_school(said: list[str]) -> bool:
    """Whether the words of a heading speak of a school."""
    return bool(set(said) & _SCHOOL) and not set(said) & _NOT_SCHOOL


def says_a_name(said: list[str]) -> bool:
    """Whether the words of a heading speak of somebody's name."""
    return bool({"name", "names"} & set(said)) and not _NOT_NAME & set(said)
