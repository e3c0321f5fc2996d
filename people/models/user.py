"""Who signs in: people and service accounts, their memberships, links and tokens."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.access import Scope, ScopedQuerySet
from core.db.managers import manager
from core.facts import columns
from core.facts.salts import new_salt
from people.roles import Role


class UserQuerySet(ScopedQuerySet["User"]):
    pass


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # a made base
    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email__iexact=username)
        return found


class User(AbstractBaseUser):
    """Somebody (or a service account) that signs in. Rights come from memberships alone."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        SERVICE = "service", _("Service account")

    email = models.EmailField(_("email"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PERSON)
    is_active = models.BooleanField(_("active"), default=True)
    person = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="user"
    )
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    #: Raised, it ends every session that began before, for good.
    session_round = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email", violation_error_code="email-taken"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know: of this password, and of this round of sessions."""
        known = str(super()._get_session_auth_hash(secret))  # type: ignore[misc]  # private
        return f"{known}.{self.session_round}" if self.session_round else known

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own API; the memberships answer (people.backends)."""
        return self.is_active and any(
            backend.has_perm(self, perm, obj) for backend in get_backends()
        )

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        return models.Q(memberships__school__in=scope.schools)


columns.noun(User, masks=["email", "name"])


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    def in_force(self, day: date) -> Self:
        """Those that give rights on a day."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), starts_on__lte=day)


class Membership(models.Model):
    """A role at one school, or (no school) in the whole district, between two days."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=32, choices=Role.choices)
    school = models.ForeignKey(
        "people.School", on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[MembershipQuerySet] = manager(MembershipQuerySet)

    class Meta:
        indexes = [models.Index(fields=["user", "starts_on"], name="membership_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def gives_rights_on(self, day: date) -> bool:
        """As `in_force` asks the database, for one that was read already."""
        return self.starts_on <= day <= (self.ends_on or day)

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        return models.Q(school__in=scope.schools)


columns.part_of(Membership, "user", key=["id"])


class OneTimeLink(models.Model):
    """A link that works once: first administrator, invitation, password reset."""

    class Purpose(models.TextChoices):
        FIRST_ADMINISTRATOR = "first-administrator", _("First administrator")
        INVITATION = "invitation", _("Invitation")
        RESET = "reset", _("Password reset")

    purpose = models.CharField(max_length=24, choices=Purpose.choices)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} for {self.user_id}"


class AccessToken(models.Model):
    """An API credential: shown once, kept as a hash, scoped, expiring."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(max_length=16, unique=True)
    token_hash = models.CharField(max_length=64)
    scopes = models.JSONField(_("scopes"), default=list)
    # Networks (CIDR) that it may be used from; none: from anywhere.
    networks = models.JSONField(_("addresses"), default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("expires"))
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


columns.noun(AccessToken)


class SignInAttempt(models.Model):
    """A failed sign-in, for the limits: by account (hashed) and by address."""

    account_hash = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account_hash", "at"], name="attempt_account"),
            models.Index(fields=["address", "at"], name="attempt_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at}"
