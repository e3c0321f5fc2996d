"""How the document of the API tells of tokens."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from people.tokens import TokenAuthentication


# It has no types.
class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """`Authorization: Bearer da_...`"""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer"}
