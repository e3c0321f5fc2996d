"""What people and places add to the house."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core import forgetting, runs
from core.access import NAMES, register_grants, register_within
from core.files import subjects
from core.forgetting.erasures import register_erasures
from core.furnishing import part
from core.journal.sentences import register_fields, register_namer, register_sentences
from core.journal.showing import register_people, register_records
from core.journal.tombstones import register_tombstones
from core.ops.logs import register_secret_addresses
from core.ops.startup import register_greeter
from core.permissions import register_permissions
from core.web.finding import register_finder
from core.web.slots import nav, panel, slot
from core.web.words import register_belonging, register_words
from people import naming, restored
from people.actions.first_run import first_link
from people.backends import grants_from_memberships
from people.found import find_people, find_rooms
from people.lookup import told_keys, told_rooms, told_schools
from people.models import Room, School
from people.retention import Forgetter, register_forgetter
from people.roles import PERMISSIONS, Role
from people.shown import KEYS

FILES = "core/attachments.html"
COPIES = Forgetter(
    forgetting.forget_copies, renamed=lambda were, _id: forgetting.forget_copies(were)
)


WORDS = {
    "school": (_("School, schools"), ("school", "schools")),
    "room": (_("Room, rooms"), ("room", "rooms")),
    "student": (_("Student, students"), ("student", "students")),
    "local_id": (_("Local id, local ids"), ("local id", "local ids")),
}
OTHER_WORDS = "grade, grades, person, people"


def _greet(url: str, demo: bool) -> Iterable[str]:
    """An installation that is not set up prints the first administrator's link."""
    if not demo and (token := first_link()):
        yield f"Set up your district: {url}/first-run/{token}/"


HOUSE = (
    part(slot, "people.person"),
    part(slot, "people.person.erase"),
    part(slot, "people.room"),
    part(slot, "people.school"),
    part(slot, "people.user"),
    part(slot, "people.users"),
    part(register_words, WORDS, OTHER_WORDS),
    part(register_belonging, "room", "building", "buildings"),
    part(register_permissions, PERMISSIONS),
    part(nav, _("People"), "people", "users", "people.view_person", 30, ("person",)),
    part(
        nav,
        _("Schools"),
        "schools",
        "school",
        "people.view_school",
        35,
        ("school", "rooms", "room"),
    ),
    part(nav, _("Activity"), "activity", "history", "core.view_activity", 70),
    part(nav, _("Users"), "users", "user-shield", "people.view_user", 80, ("user",)),
    part(
        nav,
        _("Settings"),
        "district-settings",
        "settings",
        "core.change_district",
        90,
        ("district-words",),
    ),
    part(register_finder, _("People"), "users", "people.view_person", find_people, "people", 20),
    part(register_finder, _("Rooms"), "door", "people.view_school", find_rooms, "rooms", 30),
    part(subjects.register_subject, School, "people.view_school"),
    part(subjects.register_subject, Room, "people.view_school"),
    part(panel, "people.school", FILES, "people.view_school", subjects.attached, 90),
    part(panel, "people.room", FILES, "people.view_school", subjects.attached, 90),
    part(register_grants, grants_from_memberships),
    part(register_within, NAMES, "people.view_person"),
    part(register_sentences, naming.SENTENCES),
    part(register_tombstones, "person.erased", "person.merged"),
    part(register_fields, {"role": _("role")}, {"role": dict(Role.choices)}),
    part(
        register_namer,
        "people.school",
        naming.schools,
        "school",
        "home_school",
        url_name="school",
        elsewhere=_("another school"),
    ),
    part(
        register_namer,
        "people.room",
        naming.rooms,
        "room",
        "home_room",
        url_name="room",
        elsewhere=_("a room of another school"),
    ),
    part(
        register_namer,
        "people.person",
        naming.people,
        "person",
        "holder",
        url_name="person",
        elsewhere=_("somebody of another school"),
        in_entries=naming.in_entries,
        opens=told_keys,
    ),
    part(register_namer, "people.user", naming.users, "user"),
    part(register_people, told_keys),
    part(register_records, "room home_room", told_rooms),
    part(register_records, "school home_school", told_schools),
    part(register_forgetter, COPIES, "core.idempotencykey", "core.run"),
    part(runs.register_kind, forgetting.KIND, forgetting.rewrite_pages, forgetting.LABEL),
    part(register_erasures, restored.digests, restored.erase_again),
    part(register_greeter, _greet),
    part(register_secret_addresses, "link", "first-run"),
    *KEYS,
)
