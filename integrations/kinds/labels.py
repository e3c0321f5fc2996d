"""The fields of imports in people's words: of mappings, changes and reasons."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Any] = {
    "disposed_on": _("Disposed"), "loaned_on": _("Handed out on"), "received_on": _("Received"),
    "status_on": _("Status since"),
    "active": _("Active"), "address": _("Address"), "acquired_on": _("Acquired"),
    "aln": _("ALN"), "amount": _("Amount"), "amount_1": _("Award 1: amount"),
    "amount_2": _("Award 2: amount"), "amount_3": _("Award 3: amount"),
    "award_1": _("Award 1"), "award_2": _("Award 2"), "award_3": _("Award 3"),
    "building": _("Building"), "category": _("Category"), "code": _("Code"),
    "condition": _("Condition"), "extended_cost": _("Extended cost"), "cost": _("Cost"), "description": _("Description"),
    "email": _("Email"), "enroll_status": _("Enroll_Status (PowerSchool)"), "entity_number": _("Entity number"), "fain": _("FAIN"),
    "first_name": _("First name"), "frn": _("FRN"), "grade": _("Grade"),
    "holder": _("Holder"), "holder_email": _("Holder's email"),
    "holder_first": _("Holder's first name"), "holder_last": _("Holder's last name"),
    "out_to": _("Out to"), "invoice": _("Invoice"), "issued_on": _("Issued"),
    "federal_award_on": _("Initial federal award"),
    "kind": _("Student or staff"), "last_name": _("Last name"),
    "last_verified_on": _("Last verified"), "left_on": _("Left on"), "liquidate_by": _("Liquidate by"),
    "local_id": _("Local id"), "make": _("Make"), "model": _("Model"), "name": _("Name"),
    "make_and_model": _("Make and model"), "placed": _("Place"),
    "merge": _("These are one"), "nces_id": _("NCES id"), "obligate_by": _("Obligate by"),
    "pass_through": _("Pass-through entity"), "percent_1": _("Award 1: per cent"),
    "percent_2": _("Award 2: per cent"), "percent_3": _("Award 3: per cent"),
    "period_end": _("Period end"), "period_start": _("Period start"), "po": _("Purchase order"),
    "product": _("Make and model"), "program": _("Program"), "quantity": _("Quantity"), "room": _("Room"),
    "school": _("School"), "school_2": _("School (second column)"),
    "school_3": _("School (third column)"), "serial": _("Serial"), "status": _("Status"),
    "subaward_number": _("Subaward number"), "tag": _("Tag"), "title": _("Job title"),
    "title_holder": _("Title holder"), "unit": _("Unit"), "use": _("Use"), "vendor": _("Vendor"),
}  # fmt: skip


def label(field: str) -> str:
    """A field in people's words; a column's heading is its own."""
    return str(LABELS.get(field, field))
