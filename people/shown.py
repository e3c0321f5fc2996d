"""Which keys of entries about people and places are shown, and to whom (see core.journal.showing).

Personal values stand in entries masked, under the row's own salt.
"""

from core.journal.showing import register


def register_keys() -> None:
    """Called once, when the app is ready."""
    register(
        "people.person",
        (
            "local_id first_name last_name email grade title school active erased_at "
            "merged_into version"
        ),
    )
    register("people.school", "code name entity_number nces_id address active version")
    register("people.room", "school building code name active merged_into version")
    register("people.room", "custodian", people=True)
    register(
        "people.user",
        "email name is_active person version purpose role membership last_login session_round",
        "people.view_user",
    )
    register("people.membership", "user role school starts_on ends_on", "people.view_user")
    register("people.onetimelink", "purpose user expires_at used_at", "people.view_user")
    register(
        "people.accesstoken",
        "user name prefix scopes networks created_at expires_at last_used_on revoked_at",
        "people.view_user",
    )
