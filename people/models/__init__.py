from people.models.person import Person
from people.models.place import Room, School
from people.models.user import AccessToken, Membership, OneTimeLink, SignInAttempt, User

__all__ = [
    "AccessToken",
    "Membership",
    "OneTimeLink",
    "Person",
    "Room",
    "School",
    "SignInAttempt",
    "User",
]
