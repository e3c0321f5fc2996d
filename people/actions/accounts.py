"""Users, memberships, one-time links and passwords."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import (
    EntryDraft,
    changed,
    one_act,
    record,
    record_many,
    save_changes,
    touched,
)
from core.problems import Invalid, Problem, invalid_if, refuse_if
from core.time import days
from people.models import AccessToken, Membership, OneTimeLink, School, User
from people.roles import Role
from people.rules.places import new_there_problems

LINK_DAYS = {"invitation": 7, "reset": 1, "first-administrator": 30}


def hash_link(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def deactivated_problems(user: User) -> Iterator[Problem]:
    """Nothing opens an account that is closed."""
    if not user.is_active:
        message = _("This account is deactivated: activate it first.")
        yield Problem("deactivated", message)


def make_link(purpose: str, user: User | None, *, by: Actor) -> str:
    """A fresh one-time link's secret; kept as a hash. Older links of the same user end, whatever
    they were for: who is handed a reset needs no invitation any more."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        if user is not None:
            _hold(user)
            refuse_if(deactivated_problems(user))
        end_links(user)
        OneTimeLink.objects.create(
            purpose=purpose,
            user=user,
            token_hash=hash_link(token),
            expires_at=days.now() + timedelta(days=LINK_DAYS[purpose]),
        )
        if user is not None:
            record("user.link_made", user, by=by, data={"purpose": purpose})
    return token


def end_links(user: User | None) -> None:
    """No link of a user works any more (None: none of the first run)."""
    OneTimeLink.objects.filter(user=user, used_at=None).update(used_at=days.now())


def find_link(token: str) -> OneTimeLink:
    """The link, if it still works. Raises Invalid with one sentence for every other case."""
    link = OneTimeLink.objects.filter(
        token_hash=hash_link(token), used_at=None, expires_at__gt=days.now()
    ).first()
    if link is None:
        message = _("This link is used up, expired or unknown. Ask for a new one.")
        raise Invalid(Problem("link", message))
    return link


def use_link(token: str, *, password: str) -> User:
    """Set the password of an invitation or reset. The link works once, also under a race."""
    with transaction.atomic():
        link = find_link(token)
        user = link.user
        if user is not None:
            _hold(user)
        if user is None or not user.is_active:
            raise Invalid(Problem("link", _("This link is used up, expired or unknown.")))
        check_password(password, user)
        # Eight browsers may post the same link, or two links of one user: the conditional update
        # lets one through.
        if not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=days.now()):
            raise Invalid(Problem("link", _("This link was just used.")))
        _set(user, password)
        record("user.password_set", user, by=user, data={"purpose": link.purpose})
    return user


def check_password(password: str, user: User | None = None) -> None:
    """Raises Invalid with the validators' sentences."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        invalid_if(Problem("password", message, "password") for message in error.messages)


def _set(user: User, password: str) -> None:
    """The sessions of the old password end with it, and so does every link that could set another:
    an invitation lies in a mailbox for a week. Tokens stay: programs use them, not who signs in."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_links(user)


def set_password(user: User, *, by: Actor, old: str, new: str) -> None:
    """One's own new password; the old one is asked for."""
    with transaction.atomic():
        # A link that is used at the same moment waits here: it sets nothing afterwards.
        _hold(user)
        if by != user or not user.check_password(old):
            invalid_if([Problem("password", _("The old password is not right."), "old")])
        check_password(new, user)
        _set(user, new)
        record("user.password_set", user, by=by)


def _account(by: Actor, email: str, name: str, kind: str) -> User:
    if User.objects.filter(email__iexact=email.strip()).exists():
        message, field = (
            _("There is a user with this address already: give them a role on their page."),
            "email",
        )
        if kind == User.Kind.SERVICE:
            message, field = _("There is a service account of this name already."), "name"
        refuse_if([Problem("email-taken", message, field)])
    user = User(email=email.strip(), name=name.strip(), kind=kind)
    user.set_unusable_password()
    user.save()
    record("user.created", user, by=by, created=True)
    return user


def invite_user(
    email: str, name: str, *, by: Actor, role: str | None, school: School | None = None
) -> tuple[User, str]:
    """Add a user with a first membership (None: what they see comes by an award); returns the
    secret of their one-time link."""
    with transaction.atomic(), one_act():
        require(by, "people.change_user")
        user = _account(by, email, name, User.Kind.PERSON)
        if role is not None:
            add_membership(user, by=by, role=role, school=school)
        token = make_link(OneTimeLink.Purpose.INVITATION, user, by=by)
    return user, token


def create_service_account(
    name: str, *, by: Actor, role: str = Role.SERVICE, school: School | None = None
) -> User:
    """An account for another system: no password, tokens only."""
    with transaction.atomic(), one_act():
        require(by, "people.change_user")
        slug = "".join(c if c.isalnum() else "-" for c in name.lower())
        user = _account(by, f"{slug}@service.invalid", name, User.Kind.SERVICE)
        add_membership(user, by=by, role=role, school=school)
    return user


def send_reset(user: User, *, by: Actor) -> str:
    """A reset link for somebody, to hand over in person or by mail."""
    require(by, "people.change_user")
    if user.kind != User.Kind.PERSON:
        refuse_if([Problem("no-password", _("A service account has tokens, no password."))])
    return make_link(OneTimeLink.Purpose.RESET, user, by=by)


def add_membership(
    user: User, *, by: Actor, role: str, school: School | None = None, ends_on: date | None = None
) -> Membership:
    """Give a role at a school, or in the district. Nobody raises themselves."""
    with transaction.atomic():
        require(by, "people.change_user")
        if by == user:
            refuse_if([Problem("yourself", _("Somebody else changes your own roles."))])
        if role not in Role.values:
            invalid_if([Problem("role", _("Choose a role."), "role")])
        if role == Role.ADMINISTRATOR and school is not None:
            message = _("An administrator is one for the whole district; leave the school empty.")
            refuse_if([Problem("administrator-everywhere", message, "school")])
        wrong = {User.Kind.PERSON: Role.SERVICE, User.Kind.SERVICE: Role.ADMINISTRATOR}
        if role == wrong[User.Kind(user.kind)]:
            message = _("People and other systems have different roles; choose another one.")
            refuse_if([Problem("role", message, "role")])
        if ends_on is not None and ends_on < days.today():
            invalid_if([Problem("date", _("This day is over."), "ends_on")])
        refuse_if(new_there_problems([school] if school is not None else []))
        membership = Membership.objects.create(
            user=user, role=role, school=school, starts_on=days.today(), ends_on=ends_on
        )
        record(
            "user.membership_added",
            user,
            by=by,
            school_id=school.pk if school else None,
            rows=[membership],
            data={"role": role, "membership": membership.pk},
        )
    return membership


def end_membership(membership: Membership, *, by: Actor) -> None:
    """Take a role away from today on. The last administrator keeps it."""
    with transaction.atomic():
        require(by, "people.change_user")
        held = _administrators()
        if membership.pk in {m.pk for m in held}:
            _somebody_stays(m for m in held if m.pk != membership.pk)
        yesterday = days.today() - timedelta(days=1)
        # Two administrators may end it at once: the second finds it over, as meant.
        membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if membership.ends_on is not None and membership.ends_on <= yesterday:
            return
        changes = changed(membership, ends_on=yesterday)
        save_changes(membership, changes)
        record(
            "user.membership_ended",
            membership.user,
            by=by,
            data={"role": membership.role},
            touched=[touched(membership, **changes)],
        )


def _administrators() -> list[Membership]:
    """The memberships that make an administrator today, locked: of two who take each other's
    role at once, one waits and is the last then."""
    held = Membership.objects.filter(role=Role.ADMINISTRATOR, school=None).locked()
    today = days.today()
    there = [m for m in held if m.gives_rights_on(today)]
    # Read after the lock was got: whoever was deactivated meanwhile is none any more.
    users = User.objects.filter(pk__in=[m.user_id for m in there], is_active=True)
    active = set(users.values_list("pk", flat=True))
    return [m for m in there if m.user_id in active]


def _somebody_stays(held: Iterable[Membership]) -> None:
    """Refuse to leave the district without an administrator, today or on the day on which the
    last of these memberships ends."""
    if all(m.ends_on is not None for m in held):
        message = _(
            "Somebody must stay administrator: give another person the role first, for good."
        )
        refuse_if([Problem("last-administrator", message)])


def _hold(user: User) -> None:
    """Lock and read again. A link or token that is made, and a deactivation that ends them all,
    wait here for one another: none is left over."""
    User.objects.select_for_update().get(pk=user.pk)
    user.refresh_from_db()


def deactivate_user(user: User, *, by: Actor) -> User:
    """Nobody signs in as them any more; their sessions, links and tokens end, for good. What they
    did stays theirs."""
    with transaction.atomic():
        require(by, "people.change_user")
        if by == user:
            refuse_if([Problem("yourself", _("Somebody else must deactivate you."))])
        _somebody_stays(m for m in _administrators() if m.user_id != user.pk)
        _hold(user)
        if user.is_active:
            # Who is activated again signs in again: no old browser goes on by itself.
            changes = changed(user, is_active=False, session_round=user.session_round + 1)
            save_changes(user, changes)
            now = days.now()
            tokens = AccessToken.objects.filter(user=user, revoked_at=None)
            ended = list(tokens.order_by("pk"))
            tokens.update(revoked_at=now)
            end_links(user)
            record("user.deactivated", user, by=by, changes=changes)
            record_many(
                EntryDraft("token.revoked", t, by, changes=changed(t, revoked_at=now))
                for t in ended
            )
    return user


def activate_user(user: User, *, by: Actor) -> User:
    """They may sign in again, with the roles that still stand. Their sessions, links and tokens
    stay ended."""
    with transaction.atomic():
        require(by, "people.change_user")
        _hold(user)  # two administrators may press the button: the second finds it done
        changes = changed(user, is_active=True)
        if changes:
            save_changes(user, changes)
            record("user.activated", user, by=by, changes=changes)
    return user
