"""API tokens: shown once, kept as a hash, scoped, expiring."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import record
from core.problems import Problem, invalid_if, refuse_if
from core.time import days
from people.actions.accounts import deactivated_problems
from people.models import AccessToken, User
from people.tokens import new_token, read_networks

LONGEST_DAYS = 366


def create_token(
    user: User,
    *,
    by: Actor,
    name: str,
    scopes: Sequence[str],
    days_valid: int,
    networks: str = "",
) -> tuple[AccessToken, str]:
    """A token and its text, to be shown once. One's own, or a service account's for those who
    may change users; never more than the account itself may do. `networks`: the addresses that it
    may be used from, as typed; blank for anywhere."""
    with transaction.atomic():
        require(by, "people.create_token")
        if by != user:
            require(by, "people.change_user")
            if user.kind != User.Kind.SERVICE:
                refuse_if([Problem("not-yours", _("People make their own tokens."))])
        # Two clicks at once, and a deactivation that ends all tokens, wait here for one another.
        refuse_if(deactivated_problems(User.objects.select_for_update().get(pk=user.pk)))
        if not name.strip():
            invalid_if([Problem("name", _("Say what the token is for."), "name")])
        if not 1 <= days_valid <= LONGEST_DAYS:
            invalid_if([Problem("days", _("A token is valid for 1 to 366 days."), "days_valid")])
        beyond = sorted(s for s in scopes if not user.has_perm(s))
        if not scopes or beyond:
            message = _("Choose permissions that the account has. Not among them: %s")
            invalid_if([Problem("scopes", message % ", ".join(beyond), "scopes")])
        try:
            kept = read_networks(networks)
        except ValueError as error:
            message = _("%s is no address or network: write 10.2.3.4 or 10.2.0.0/16.")
            invalid_if([Problem("networks", message % error, "networks")])
        now = days.now()
        # A page that is loaded again sends its form again: it makes no second token.
        name = name.strip()[:100]
        same = AccessToken.objects.filter(user=user, name__iexact=name, revoked_at=None)
        if same.filter(expires_at__gt=now).exists():
            message = _(
                "There is a token for %s already, which is shown only once. Revoke it "
                "first, or name this one otherwise."
            )
            refuse_if([Problem("token-name", message % name, "name")])
        prefix, text, hashed = new_token()
        token = AccessToken.objects.create(
            user=user,
            name=name,
            prefix=prefix,
            token_hash=hashed,
            scopes=sorted(set(scopes)),
            networks=kept,
            created_at=now,
            expires_at=now + timedelta(days=days_valid),
        )
        record("token.created", token, by=by, created=True)
    return token, text


def revoke_token(token: AccessToken, *, by: Actor) -> None:
    """End a token now."""
    with transaction.atomic():
        if by != token.user:
            require(by, "people.change_user")
        now = days.now()
        if AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
            record("token.revoked", token, by=by, changes={"revoked_at": (None, now)})
