"""What is no name by its looks: one that lost a letter, one beside which a note says that somebody
left, and what another column says."""

import re

from django.utils.translation import gettext as _

from integrations.kinds.people.row import PersonPlan
from people.models import Person

#: Letters that another program could not write: Nu?ez, N??ez, Jos?, ?lvarez.
_LOST = re.compile(r"[^\W\d_]\?|\?[^\W\d_]")
#: What nobody is called, and says that somebody is not here.
_LEFT = (
    "withdrawn|withdrew|inactive|deactivated|deceased|terminated|graduated|transferred|transfered"
    "|resigned|retired|expelled|unenrolled|exited|dropped( out)?|no[ -]?show|no longer \\w+"
    "|moved|disabled|deleted|delete|duplicate|(do not|don'?t|never) use"
    "|not (here|enrolled|active|returning)|left (us|school|district)"
)
#: Somebody may be called so, too: a note where it stands in brackets, behind a dash or by a day.
_MAYBE = f"{_LEFT}|left|gone|lost|former|formerly|old"
_NOTE = re.compile(
    rf"\b({_LEFT})\b|[(\[*].*\b({_MAYBE})\b|(\s[-–—:/]|[-–—:/]\s).*\b({_MAYBE})\b"
    rf"|\b({_MAYBE})\b\D*\d",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


def why_no_name(said: str) -> str:
    """Why a name, or a part of one, is none; empty where it may be one."""
    if _LOST.search(said):
        return _("A letter in it could not be read. Write it anew.")
    if _NOTE.search(said):
        message = _(
            "It says more than a name: %s. Write the name alone, and that somebody left in a "
            "column of its own, such as Status."
        )
        return message % said
    if "@" in said or (not _LETTER.search(said) and re.search(r"\d", said)):
        message = _("This is a number, a day or an e-mail, and no name: %s. Did a column move?")
        return message % said
    return ""


def no_name(plan: PersonPlan, person: Person | None) -> bool:
    """Whether a row is refused since its name is none; one that the person has here (`person`)
    came to them at another door, and comes back in our own list. Of who left as the row says
    itself, the name says nothing else."""
    found = False
    for part in ("first_name", "last_name"):
        said = getattr(plan.values, part)
        if (
            said
            and (person is None or said != getattr(person, part))
            and not (plan.values.active is False and _NOTE.fullmatch(said))
            and (why := why_no_name(said))
        ):
            plan.refuse(part, why)
            found = True
    return found
