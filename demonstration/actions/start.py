"""The first two seconds: the district, its schools, one log-in per role, one pass phrase."""

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from core.access import SYSTEM
from core.journal.writing import record
from core.models import District
from core.models.run import Run
from core.ops.startup import Offer
from core.problems import Problem, refuse_if
from demonstration import KIND
from demonstration.plan.days import Year
from demonstration.plan.logins import LOGINS, ROBOT, Login
from demonstration.plan.places import DISTRICT, SCHOOLS
from people.actions.places import create_school
from people.models import Membership, School, User
from people.roles import Role

_TEXT = (
    "amber anchor apple arrow autumn bamboo basil beacon birch bridge candle canyon cedar "
    "cherry clover cobalt comet copper coral cotton creek dahlia delta ember falcon feather "
    "fern forest garnet ginger glacier granite harbor hazel heron indigo island jasper "
    "juniper kettle lagoon lantern laurel lemon linen lotus maple marble meadow mint moss "
    "nectar oasis olive orchid otter pebble pepper pine planet plum prairie quartz raven reef "
    "river robin saffron sage sierra silver sparrow spruce summit sunset thistle timber tulip "
    "valley velvet violet walnut willow winter"
)
_WORDS = _TEXT.split()


def password_file() -> Path:
    """Where this installation keeps the pass phrase of its demonstration log-ins."""
    return Path(settings.DATA_DIR) / "demonstration-password"


def password() -> str:
    """The pass phrase of this installation's log-ins, made on first use; there is no default."""
    path = password_file()
    try:
        with path.open("x", encoding="utf-8") as file:
            path.chmod(0o600)
            phrase = "-".join(secrets.choice(_WORDS) for _i in range(4))
            file.write(f"{phrase}-{secrets.randbelow(90) + 10}")
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8").strip()


def refuse_elsewhere() -> None:
    """Raise Refused in a district that is not a demonstration."""
    district = District.current()
    if district is not None and not district.demonstration:
        message = _(
            "%(name)s is a real district. The demonstration lives in its own data folder: "
            "set DATA_DIR to an empty one."
        )
        refuse_if([Problem("real-district", message % {"name": district.name})])


def make_district(address: str = "http://localhost:8000") -> District:
    """The demonstration's district, schools and log-ins; what is there already stays. Codes on
    labels and reports lead to `address`.

    Raises Refused in a district that is not a demonstration."""
    with transaction.atomic():
        refuse_elsewhere()
        district = District.current()
        if district is not None:
            return district
        district = District.objects.create(
            name=DISTRICT,
            uei="DEMOEXAMPLE1",
            ben="16040010",
            demonstration=True,
            tag_prefix="MV",
            tag_length=6,
            public_address=address,
        )
        record("district.set_up", district, by=SYSTEM, created=True)
        schools = {
            s.code: create_school(
                s.code, s.name, by=SYSTEM, entity_number=s.entity_number, nces_id=s.nces_id
            )
            for s in SCHOOLS
        }
        _users(schools)
    return district


def _users(schools: dict[str, School]) -> None:
    # One pass phrase, hashed once: a hash for each of them would cost seconds at the first start.
    hashed = make_password(password())
    first = Year.told().day(7, 1)
    for login in (*LOGINS, ROBOT):
        robot = login is ROBOT
        user = User.objects.create(
            email=login.email,
            name=login.name,
            password=make_password(None) if robot else hashed,
            kind=User.Kind.SERVICE if robot else User.Kind.PERSON,
        )
        record("user.created", user, by=SYSTEM, created=True)
        if not login.award:  # an auditor sees one award and no school
            membership = Membership.objects.create(
                user=user, role=login.role, school=schools.get(login.school), starts_on=first
            )
            record(
                "user.membership_added",
                user,
                by=SYSTEM,
                school_id=membership.school_id,
                rows=[membership],
                data={"role": login.role, "membership": membership.pk},
            )


def logins() -> list[Login]:
    """Who can sign in to the demonstration; empty in a real district."""
    district = District.current()
    return list(LOGINS) if district is not None and district.demonstration else []


def filling() -> list[str]:
    """One line while the demonstration is being filled: its acts are large, and who signs in may
    have to try twice."""
    run = Run.objects.filter(kind=KIND, state__in=(Run.State.WAITING, Run.State.RUNNING)).first()
    if run is None:
        return []
    message = _(
        "The demonstration is being filled (%(percent)s%%). You can sign in; what you change may "
        "have to be tried again until it is done."
    )
    return [message % {"percent": run.percent}]


def login_offers() -> list[Offer]:
    """Each log-in of the demonstration, to sign in with one click; empty in a real district."""
    found = logins()
    phrase = password() if found else ""
    return [Offer(login.email, phrase, login.name, str(Role(login.role).label)) for login in found]


def login_lines() -> list[str]:
    """One line for each log-in and one for the pass phrase; empty in a real district."""
    found = logins()
    if not found:
        return []
    lines = [f"{login.email}   {login.name}, {Role(login.role).label}" for login in found]
    return [*lines, _("Pass phrase of each: %(phrase)s") % {"phrase": password()}]
