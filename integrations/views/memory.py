"""What the page of an import says of how its source is read."""

from typing import Any

from django.utils.translation import gettext as _

from integrations.actions.memory import saved_for
from integrations.kinds import KINDS
from integrations.models import ImportSession


def memory_of(session: ImportSession, by: Any) -> dict[str, Any]:
    """Whose columns, words and answers were used, whether one's own are shared, and whether nobody
    says who is a student."""
    own, shared = saved_for(session, by)
    sentence = ""
    if own is not None and own.shared:
        sentence = _("You share how this source is read.")
    elif own is not None:
        sentence = _("Columns, words and answers are used as you saved them for this source.")
    elif shared is not None:
        name = shared.owner.name if shared.owner else _("the district")
        sentence = (
            _("Columns, words and answers are used as %s shares them for this source.") % name
        )
    silent = KINDS[session.kind].of_people and not (
        session.said.people or "kind" in session.mapping.values()
    )
    return {"memory": sentence, "shared": own is not None and own.shared, "silent_kind": silent}
