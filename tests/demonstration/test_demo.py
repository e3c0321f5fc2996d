"""The demonstration: a district to try things in, and never in a real one."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

import demonstration
from assets.models import Asset, AssetSpan, Category, Disposal, Status
from core import runs
from core.journal import verify
from core.models import District, Entry
from core.models.run import Run
from core.problems import Refused
from demonstration.actions.start import LOGINS, make_district, password
from demonstration.fill import fill, steps
from demonstration.plan.days import at
from demonstration.world import World
from funding.models import Award, Unit, UnitShare
from people.models import Person, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]


@pytest.mark.slow
def test_the_whole_year_is_there_and_the_journal_is_whole() -> None:
    make_district()
    fill()
    assert Person.objects.count() == 2000
    assert 2900 <= Asset.objects.count() <= 3100
    assert Category.objects.count() >= 20
    for name in ("ESSER II", "ARP ESSER", "ECF", "E-Rate C2", "IDEA 611", "General fund"):
        assert UnitShare.objects.filter(award__name__startswith=name).exists(), name
    assert verify.verify().findings == []
    assert fill() == 0, "a second filling does nothing"
    _the_flaws_are_there()
    _the_past_can_be_asked()
    _the_auditor_sees_what_one_award_paid_for()


def _the_flaws_are_there() -> None:
    paid = Asset.objects.filter(unit__shares__award__name="ARP ESSER 2021-24")
    assert paid.filter(serial="").exists()
    assert paid.filter(place="unplaced").exists()
    assert paid.filter(title_holder="").exists()
    assert paid.filter(condition="").exists()
    assert Asset.objects.active().filter(last_verified_on__lt=World().year.day(1, 1)).exists()
    counted = Asset.objects.active().filter(last_verified_on=World().year.day(1, 20))
    assert not counted.filter(condition_on__lt=World().year.day(1, 20, -1)).exists()
    assert not Asset.objects.filter(status__in=["lost", "stolen"]).exclude(room=None).exists()
    assert Unit.objects.filter(cost=None).exists()
    units = Unit.objects.filter(voided_at=None)
    assert units.exclude(cost=None).exclude(pk__in=UnitShare.objects.values("unit")).exists()
    assert units.filter(asset=None, shares__award__name="ARP ESSER 2021-24").exists()
    sold = Disposal.objects.filter(method__in=["sold", "auctioned"], sale_price=None)
    assert sold.exists()
    assert Asset.objects.exclude(merged_into=None).count() == 1
    assert Asset.objects.filter(status=Status.VOID).count() == 2


def _the_past_can_be_asked() -> None:
    year = World().year
    out = {
        day: AssetSpan.objects.as_of(at(day)).filter(holder__kind="student").count()
        for day in (year.day(8, 1), year.day(10, 1), year.day(6, 30), year.day(8, 31, 1))
    }
    august, october, june, next_fall = out.values()
    assert august == 0
    assert october > 1200
    assert june < october / 4
    assert next_fall > 1200


def _the_auditor_sees_what_one_award_paid_for() -> None:
    ada = User.objects.get(email="ada@demo.example")
    assert set(Award.objects.visible_to(ada)) == {Award.objects.get(name="ARP ESSER 2021-24")}
    assert 0 < Asset.objects.visible_to(ada).count() < Asset.objects.count()


def test_a_killed_filling_goes_on_with_the_next_step() -> None:
    make_district()

    def die(done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(die)
    done = Entry.objects.filter(kind="demonstration.step").count()
    assert done == 4
    assert [s.key for s in steps(World())][:2] == ["books", "catalog"]


def test_it_refuses_a_real_district(district: District) -> None:
    with pytest.raises(Refused):
        demonstration.start()
    with pytest.raises(CommandError, match="real district"):
        call_command("demo", stdout=StringIO())
    assert User.objects.count() == 0
    assert Run.objects.count() == 0


def test_starting_twice_gives_one_district_and_one_run() -> None:
    first, second = demonstration.start(), demonstration.start()
    assert first == second
    assert District.objects.get().demonstration
    assert first.kind == "demo"
    assert demonstration.KIND in runs._kinds


def test_each_role_signs_in_with_the_installation_s_own_pass_phrase() -> None:
    make_district()
    assert len(password()) > 20
    for login in LOGINS:
        client = Client()
        assert client.login(username=login.email, password=password()), login.email
    roles = {login.role for login in LOGINS}
    assert len(roles) == 7


def test_the_sign_in_page_shows_the_log_ins_of_a_demonstration_only(client: Client) -> None:
    make_district()
    assert password() in client.get("/sign-in/").content.decode()


def test_a_real_sign_in_page_shows_no_log_ins(client: Client, district: District) -> None:
    assert "demo.example" not in client.get("/sign-in/").content.decode()
