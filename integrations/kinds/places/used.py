"""Why a school or a room that an import brought, or put back into use, stays in use."""

from django.utils.translation import gettext as _

from assets.models import Asset
from assets.models.status import CLOSED, Status
from core.models import Entry
from core.time import days
from integrations.kinds.rows.reopened import came_since, reopened
from integrations.kinds.rows.since import told_since
from integrations.models import ImportSession
from people.models import Membership, Person, Room, School

#: What a thing is that is anywhere: one that was disposed or void comes back by its status alone.
HERE = frozenset(Status) - frozenset(CLOSED)


def used_room(session: ImportSession, room: Room) -> str:
    """What came into it since the import, or what somebody else said of it; empty for nothing."""
    opened, things = reopened(session, room), Asset.objects.active()
    if came_since(opened, things.filter(room=room), room=[room.pk], status=HERE) or came_since(
        opened, things.filter(home_room=room), home_room=[room.pk], status=HERE
    ):
        return _("There are items in %s.") % room
    if told_since(session, Room, {room.pk: room.school_id}):
        return _("%s changed since.") % room
    return ""


def used_school(session: ImportSession, school: School, room: Room | None) -> str:
    """Things, people, roles or rooms that it has since the import, but for the `room` that goes out
    of use with it; empty for none."""
    opened = reopened(session, school)
    things = Asset.objects.active().filter(school=school)
    if came_since(opened, things, school=[school.pk], status=HERE):
        return _("There are items in %s.") % school
    people = Person.objects.filter(school=school, active=True)
    if came_since(opened, people, school=[school.pk], active=[True]):
        return _("There are people at %s.") % school
    if _given_roles(opened, school):
        return _("Somebody has a role at %s.") % school
    rooms = Room.objects.filter(school=school, active=True)
    if room is not None:
        rooms = rooms.exclude(pk=room.pk)
    if came_since(opened, rooms, school=[school.pk], active=[True]):
        return _("There are other rooms in %s.") % school
    return ""


def _given_roles(opened: Entry | None, school: School) -> bool:
    roles = Membership.objects.in_force(days.today()).filter(school=school)
    if opened is None:
        return roles.exists()
    given = Entry.objects.filter(kind="user.membership_added", pk__gt=opened.pk)
    return given.filter(data__membership__in=list(roles.values_list("pk", flat=True))).exists()
