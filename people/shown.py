"""Which keys of entries about people and places are shown, and to whom (see core.journal.showing).

Personal values stand in entries masked, under the row's own salt.
"""

from core.furnishing import part
from core.journal.nouns import register_noun
from core.journal.showing import register_keys

KEYS = (
    part(register_noun, "people.view_person", "people.person"),
    part(register_noun, "people.view_school", "people.school", "people.room"),
    part(
        register_noun,
        "people.view_user",
        "people.user",
        "people.membership",
        "people.onetimelink",
        "people.accesstoken",
    ),
    part(
        register_keys,
        "people.person",
        ("local_id first_name last_name email grade title school active erased_at version"),
    ),
    part(register_keys, "people.person", "merged_into into", people=True),
    part(register_keys, "people.school", "code name entity_number nces_id address active version"),
    part(register_keys, "people.room", "school building code name active merged_into version"),
    part(register_keys, "people.room", "custodian", people=True),
    part(
        register_keys,
        "people.user",
        "email name is_active version purpose role membership last_login session_round",
    ),
    part(register_keys, "people.user", "person", people=True),
    part(register_keys, "people.membership", "user role school starts_on ends_on"),
    part(register_keys, "people.onetimelink", "purpose user expires_at used_at"),
    part(
        register_keys,
        "people.accesstoken",
        "user name prefix scopes networks created_at expires_at last_used_on revoked_at",
    ),
)
