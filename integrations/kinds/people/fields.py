"""The fields that the columns of a roster become, with the headings that mean them."""

from functools import partial

from integrations import cells
from integrations.fields import Field
from integrations.kinds.names.schools import school_columns
from integrations.kinds.people.names import FULL_NAME
from integrations.words import ENABLED, ENROLLED, ROLE, STANDING

#: More headings: OneRoster's and Infinite Campus's of a school, those of a status, of the last day.
SCHOOLS = (
    "orgsourcedids",
    "primaryorgsourcedid",
    "school number",
    "calendar school number",
    "school name",
    "campus",
    "entity",
    "location",
    "location name",
    "site name",
    "site id",
    "site short name",
)
STATUSES = (
    "enrollment status",
    "student status",
    "employment status",
    "user status",
    "roster status",
    "current status",
    "stu status",
    "end status",
    "current enrollment status",
    "account status",
    "employee status",
    "staff status",
    "emp status",
    "emp stat",
    "status description",
    "status desc",
)
LEAVING = (
    "exit date",
    "end date",
    "withdrawal date",
    "withdraw date",
    "withdrawn date",
    "date withdrawn",
    "termination date",
    "separation date",
    "date left",
    "leave date",
    "last day worked",
    "exit",
)
FIELDS = (
    Field(
        "local_id",
        (
            "sis id",
            "student number",
            "student id",
            "id",
            "sourcedid",
            "person id",
            "user id",
            "employee id",
            "emp id",
            "emp number",
            "local id",
            "other id",
        ),
        partial(cells.code, longest=64),
        one_code=True,
        person=True,
    ),
    Field("first_name", ("given name", "first", "givenname"), partial(cells.text, longest=100)),
    Field(
        "last_name",
        ("family name", "surname", "last", "familyname"),
        partial(cells.text, longest=100),
    ),
    FULL_NAME,
    *school_columns(
        Field(
            "school",
            ("school sis id", "school code", "school id", "site", "orgsourcedid", *SCHOOLS),
            partial(cells.text, longest=200),
        )
    ),
    Field("grade", ("grade level", "grades"), partial(cells.text, longest=200)),
    Field(
        "email",
        ("secondary email", "e mail", "mail", "student email"),
        partial(cells.text, longest=254),
    ),
    Field("title", ("job title",), partial(cells.text, longest=100), free=True),
    Field("kind", ("role", "type", "student or staff", "person type", "user type"), words=ROLE),
    Field(
        "active",
        ("enabled", "enabled user", "enableduser", "is active", "account enabled"),
        words=ENABLED,
    ),
    Field("status", STATUSES, words=STANDING),
    Field("enroll_status", ("enroll status powerschool",), words=ENROLLED),
    Field("left_on", LEAVING, cells.day, happens_once=True, ahead=True),
)
