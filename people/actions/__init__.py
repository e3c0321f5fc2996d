"""The only writers of schools, rooms, people, users and their rights."""

from people.actions.accounts import (
    activate_user,
    add_membership,
    create_service_account,
    deactivate_user,
    end_membership,
    invite_user,
    make_link,
    send_reset,
    set_password,
    use_link,
)
from people.actions.erasing import erase_again, erase_person, take_back_person
from people.actions.first_run import first_link, set_up_district
from people.actions.places import (
    change_room,
    change_school,
    create_room,
    create_rooms,
    create_school,
)
from people.actions.roster import (
    PersonDraft,
    add_person,
    change_person,
    merge_people,
    save_people,
    unmerge_people,
)
from people.actions.tokens import create_token, revoke_token
from people.actions.written import clean_written

__all__ = [
    "PersonDraft",
    "activate_user",
    "add_membership",
    "add_person",
    "change_person",
    "change_room",
    "change_school",
    "clean_written",
    "create_room",
    "create_rooms",
    "create_school",
    "create_service_account",
    "create_token",
    "deactivate_user",
    "end_membership",
    "erase_again",
    "erase_person",
    "first_link",
    "invite_user",
    "make_link",
    "merge_people",
    "revoke_token",
    "save_people",
    "send_reset",
    "set_password",
    "set_up_district",
    "take_back_person",
    "unmerge_people",
    "use_link",
]
