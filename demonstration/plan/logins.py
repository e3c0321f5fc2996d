"""One log-in per role. Addresses end in .example, which nobody can own."""

from dataclasses import dataclass

from people.roles import Role


@dataclass(frozen=True)
class Login:
    email: str
    name: str
    role: str
    school: str = ""  # code; blank: the whole district
    award: str = ""  # key of plan.awards, for an auditor


LOGINS = (
    Login("ana@demo.example", "Ana Delgado", Role.ADMINISTRATOR),
    Login("dora@demo.example", "Dora Lindqvist", Role.TECHNOLOGY_DIRECTOR),
    Login("tom@demo.example", "Tom Okafor", Role.TECHNICIAN, school="LIN"),
    Login("ned@demo.example", "Ned Rossi", Role.TECHNICIAN, school="ROO"),
    Login("fay@demo.example", "Fay Nakamura", Role.FINANCE),
    Login("pam@demo.example", "Pam Whitehorse", Role.PRINCIPAL, school="LIN"),
    Login("vic@demo.example", "Vic Silva", Role.VIEWER, school="LIN"),
    Login("ada@demo.example", "Ada Mahoney", Role.AUDITOR, award="ARP"),
)
ROBOT = Login("rob@demo.example", "Rob (service account)", Role.SERVICE)
