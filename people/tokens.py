"""Bearer tokens: `da_<prefix>_<secret>`, kept as a hash, shown once."""

import hashlib
import ipaddress
import re
import secrets
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from core.db.in_passing import write_in_passing
from core.problems import NotPermitted, Problem
from core.time import days
from core.web.http import address_of
from people.models import AccessToken, User


def new_token() -> tuple[str, str, str]:
    """A fresh token as (prefix, whole text to show once, hash to keep)."""
    prefix = secrets.token_hex(4)
    text = f"da_{prefix}_{secrets.token_urlsafe(32)}"
    return prefix, text, hash_token(text)


def hash_token(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_networks(text: str) -> list[str]:
    """Addresses and networks (10.2.0.0/16, 2001:db8::/32), one a line or with commas, as they are
    kept. Raises ValueError with the first that is none."""
    found = []
    for part in re.split(r"[\s,;]+", text.strip()):
        if part:
            try:
                found.append(str(_plain(ipaddress.ip_network(part, strict=False))))
            except ValueError:
                raise ValueError(part) from None
    return found


def _plain(
    network: ipaddress.IPv4Network | ipaddress.IPv6Network,
) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    """A network of v4 addresses that was written as one of v6 (::ffff:10.0.0.0/104)."""
    if isinstance(network, ipaddress.IPv6Network) and network.prefixlen >= 96:
        mapped = network.network_address.ipv4_mapped
        if mapped is not None:
            return ipaddress.IPv4Network((mapped, network.prefixlen - 96))
    return network


def within(address: str, networks: Sequence[str]) -> bool:
    """Whether an address lies in one of the networks; in none at all it always does."""
    if not networks:
        return True
    try:
        here = ipaddress.ip_address(address)
    except ValueError:
        return False
    # A socket for both kinds shows a v4 client as ::ffff:10.0.0.1.
    mapped = here.ipv4_mapped if isinstance(here, ipaddress.IPv6Address) else None
    return any((mapped or here) in ipaddress.ip_network(n) for n in networks)


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer da_...`; the token's scopes narrow what its user may do."""

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        header = request.headers.get("Authorization", "")
        scheme, _space, text = header.partition(" ")
        if not header:
            return None
        refused = exceptions.AuthenticationFailed(
            _("This token is not valid: it is unknown, expired or revoked. Make a new one.")
        )
        shape = re.fullmatch(r"da_([0-9a-f]{8})_[A-Za-z0-9_-]{43}", text.strip())
        if scheme.lower() != "bearer" or shape is None:
            raise refused
        token: Any = (
            AccessToken.objects.select_related("user")
            .filter(prefix=shape[1], revoked_at=None)
            .first()
        )
        good = token is not None and secrets.compare_digest(
            token.token_hash, hash_token(text.strip())
        )
        if not good or token.expires_at <= days.now() or not token.user.is_active:
            raise refused
        address = address_of(request._request)
        if not within(address, token.networks):
            message = _("This token may not be used from the address %s.")
            raise NotPermitted(Problem("token-address", message % address))
        today = days.today()
        if token.last_used_on != today:
            used = AccessToken.objects.filter(pk=token.pk)
            write_in_passing(lambda: used.update(last_used_on=today))
        token.user._token_scopes = frozenset(token.scopes)
        return token.user, token
