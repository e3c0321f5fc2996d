"""That nobody exchanges the names beside a report's dataset: the journal holds their digest.

The dataset's hash is of numbers, so that a name can be erased. The names have a digest of their
own, under a salt that is drawn anew with each erasure: then nobody can try what the erased one
was."""

import json
from typing import Any

from core.facts.salts import masked, new_salt
from core.journal.writing import changed
from reports.models import Report, ReportPerson


def vouched(report: Report) -> dict[str, tuple[Any, Any]]:
    """Set the digest of a report's names as they stand now; what changed, to be saved and told in
    the entry of the act."""
    salt = new_salt()
    return changed(report, names_salt=salt, names_digest=_digest(report, salt))


def names_are_as_made(report: Report) -> bool:
    """Whether the names are those that the journal vouches for."""
    return report.names_digest == _digest(report, report.names_salt)


def _digest(report: Report, salt: str) -> str:
    """Empty where nobody is named at all."""
    rows = ReportPerson.objects.filter(report=report).order_by("key", "person", "pk")
    told = [
        [key, person, pseudonym, name, erased_at.isoformat() if erased_at else ""]
        for key, person, pseudonym, name, erased_at in rows.values_list(
            "key", "person", "pseudonym", "name", "erased_at"
        )
    ]
    return masked(salt, json.dumps(told)) if told else ""
