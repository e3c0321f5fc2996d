"""Personal values and typed words as the journal keeps them: an HMAC under a salt of their own row.

Whoever has the row can check the value; once row and salt are blanked nobody can tell it any more.
"""

import hmac
import secrets

#: What stands for a value whose salt is gone.
ERASED = "erased"


def new_salt() -> str:
    return secrets.token_hex(16)


def masked(salt: str, value: str) -> str:
    """A value under a salt, as 32 hexadecimal digits."""
    if not salt:
        return ERASED
    return hmac.digest(salt.encode(), value.encode(), "sha256").hex()[:32]
