"""What a form may offer of schools."""

from django import forms
from django.db.models import Q, QuerySet

from core.access import MaybeActor
from people.models import School


def schools_in_use(form: forms.Form, by: MaybeActor) -> QuerySet[School]:
    """The schools that a form offers. Out of use may be the one that stands, and one that was sent
    from a page that is older than that: the action says why not."""
    stands, sent = form.initial.get("school"), str(form.data.get(form.add_prefix("school"), ""))
    kept = {stands.pk} if isinstance(stands, School) else set()
    kept |= {int(sent)} if sent.isdecimal() and len(sent) < 19 else set()
    return School.objects.visible_to(by).filter(Q(active=True) | Q(pk__in=kept))
