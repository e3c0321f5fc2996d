"""What is told of a file whose rows came before without a code: from which file, and which have
no row any more."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from assets.models import Asset
from core.access import Actor
from integrations.kinds.assets.identity.source import Said
from integrations.kinds.names.schools import COLUMNS
from integrations.models import ImportSession, StagedRow


def told(session: ImportSession, said: Said, by: Actor) -> list[str]:
    """What is to be said of a file with new rows of things without a code."""
    if session.said.part_of is not None:  # the others are in its list
        return []
    came = _came_before(session, said, by) if said.new or said.asked else []
    return came + (_without_row(session, said, by) if said.new else [])


def _came_before(session: ImportSession, said: Said, by: Actor) -> list[str]:
    """The same bytes under another name are another source: their things come in once more."""
    if session.file is None:
        return []
    bytes_ = session.file.sha256
    # Of a file that was forgotten the hash is all that stays.
    same = ImportSession.objects.filter(Q(file__sha256=bytes_) | Q(sha256=bytes_))
    same = same.filter(kind=session.kind, state=ImportSession.State.APPLIED)
    same = same.exclude(source=session.source)
    if not same.exists():
        return []
    named = same.visible_to(by).values_list("source", flat=True).first()
    message = _(
        "This very file came before under the name of another source (%(source)s). New rows "
        "without tag and serial number: %(new)s; they would bring their items in once more. If "
        "they mean the same items, discard this import and bring the file with that source's name."
    )
    # Another person's file may be called after whoever it is about.
    return [message % {"source": named or _("somebody else's"), "new": said.new + said.asked}]


def _without_row(session: ImportSession, said: Said, by: Actor) -> list[str]:
    """How many things the source made before of which the file has no row: a corrected row would
    make its thing once more."""
    made = StagedRow.objects.filter(
        session__kind=session.kind, session__source=session.source, applied=True, undone=False
    )
    made = made.filter(outcome="create").exclude(session=session).exclude(source_key="")
    here = StagedRow.objects.filter(session=session, object_id=OuterRef("pk"))
    things = Asset.objects.visible_to(by).visible_to(by, "integrations.import").active()
    things = things.filter(merged_into=None, pk__in=made.values("object_id"))
    if said.school and not set(COLUMNS) & set(session.mapping.values()):
        things = things.filter(school=said.school)
    gone = things.filter(~Exists(here)).count()
    if not gone:
        return []
    message = _(
        "New rows without tag and serial number: %(new)s. Items that this source brought in "
        "before and of which this file has no row: %(gone)s. A row that was corrected since makes "
        "its item once more: leave it out, and change the item on its page."
    )
    return [message % {"new": said.new, "gone": gone}]
