"""What somebody does by one request stands in one entry for each subject."""

from django.db.models import Count

from core.models import Entry

#: Two acts by one button, and why.
TWO_ACTS = {
    ("asset.returned", "asset.assigned"): "a take-over: checked in from one, handed to another",
    ("tags.reserved", "tags.taken"): "the district's range is made when its first number is taken",
}


def told_twice() -> list[tuple[str, list[str]]]:
    """Subjects that one request wrote several entries about, and their kinds."""
    one = ("request_id", "subject_type", "subject_id")
    asked = Entry.objects.filter(via__in=["page", "api"]).exclude(request_id="")
    found = []
    for group in asked.values(*one).annotate(n=Count("pk")).filter(n__gt=1).order_by(*one):
        group.pop("n")
        kinds = Entry.objects.filter(**group).order_by("pk").values_list("kind", flat=True)
        if tuple(kinds) not in TWO_ACTS:
            found.append((f"{group['subject_type']} {group['subject_id']}", list(kinds)))
    return found
