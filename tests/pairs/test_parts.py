"""Who sees a part of what is the district's sees that part: products of their things, no file of a
whole."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from core.access import SYSTEM
from core.actions.attachments import attach_file
from core.models import Attachment
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    create_award,
    grant_award_access,
    receive_units,
    record_purchase,
    share_line,
    share_units,
)
from funding.models import Award, Purchase, Unit
from people.actions import add_membership
from people.models import School, User
from people.roles import Role
from tests.cast import again, make_user
from tests.factories import make_asset, make_purchase

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]


@pytest.fixture
def bought(arp: Award, local: Award, lincoln: School, washington: School) -> Purchase:
    """A purchase of a line for each of two awards, which went to a school each, with a file."""
    purchase = record_purchase(
        "PO-77",
        by=SYSTEM,
        note="Ask Nell of the board",
        lines=[LineDraft("Laptops", 1, Decimal("700.00")), LineDraft("Bows", 1, Decimal("90.00"))],
    )
    for line, award, school in zip(
        purchase.lines.order_by("number"), (arp, local), (lincoln, washington), strict=True
    ):
        (unit,) = receive_units(line, 1, by=SYSTEM, received_on=date(2025, 8, 1))
        share_line(line, [ShareDraft(award, percent=Decimal(100))], by=SYSTEM)
        make_asset(school=school, unit=unit)
    attach_file(
        purchase,
        by=SYSTEM,
        data=b"\x89PNG\r\n\x1a\nx",
        name="quote-of-all.png",
        kind="photo",
        note="Bows were late",
    )
    return purchase


def files_of(user: User, purchase: Purchase, client_of: Of) -> tuple[int, bool, bool]:
    """What the purchase's page answers, whether it tells its file, and whether the file opens."""
    client, row = client_of(again(user)), Attachment.objects.get(subject_id=purchase.pk)
    page = client.get(f"/purchases/{purchase.pk}/")
    text = page.content.decode()
    told = "quote-of-all" in text or "late" in text
    return page.status_code, told, client.get(f"/files/{row.pk}/").status_code == 200


def note_of(user: User, purchase: Purchase, client_of: Of, api_of: Of) -> tuple[bool, ...]:
    """Whether the purchase's page and its REST, alone and in the list, tell its note."""
    pages, api = client_of(again(user)), api_of(again(user))
    urls = (f"/api/v1/purchases/{purchase.pk}", "/api/v1/purchases")
    answers = [pages.get(f"/purchases/{purchase.pk}/"), *(api.get(url) for url in urls)]
    assert all(a.status_code == 200 and purchase.number in a.content.decode() for a in answers)
    return tuple(b"Ask Nell" in a.content for a in answers)


def test_who_sees_a_line_of_a_purchase_sees_none_of_its_files_nor_its_note(
    bought: Purchase,
    arp: Award,
    local: Award,
    lincoln: School,
    washington: School,
    fay: User,
    client_of: Of,
    api_of: Of,
) -> None:
    assert files_of(fay, bought, client_of) == (200, True, True)
    ada, otto, pat = (make_user(name, None) for name in ("Ida", "Otto", "Pat"))
    grant_award_access(arp, to=ada, by=SYSTEM)
    assert files_of(ada, bought, client_of) == (200, False, False)
    for award in (arp, local):
        grant_award_access(award, to=otto, by=SYSTEM)
    assert files_of(otto, bought, client_of) == (200, False, False), "no award shows the whole"
    for school in (lincoln, washington):
        add_membership(pat, by=SYSTEM, role=Role.TECHNICIAN, school=school)
    assert files_of(pat, bought, client_of) == (200, False, False), "no school has the whole"
    for user in (ada, otto, pat):
        assert note_of(user, bought, client_of, api_of) == (False, False, False), user.name
    assert note_of(fay, bought, client_of, api_of) == (True, True, True)
    answer = client_of(again(pat)).post(f"/files/funding.purchase/{bought.pk}/", {})
    assert answer.status_code == 404


@pytest.fixture
def one_for_all(arp: Award, lincoln: School) -> tuple[Purchase, list[Unit]]:
    """A purchase that one award pays and one school has, whose note and file tell who and how
    much."""
    purchase, units = make_purchase(
        quantity=2, shares=[(arp, "100")], note="Ask Nell: 70% ARP, 30% General fund, $1,234.00"
    )
    for unit in units:
        make_asset(school=lincoln, unit=unit)
    attach_file(
        purchase, by=SYSTEM, data=b"\x89PNG\r\n\x1a\ny", name="quote-of-all.png", kind="photo"
    )
    return purchase, units


def test_who_sees_the_whole_of_a_purchase_by_one_membership_sees_its_files_and_its_note(
    one_for_all: tuple[Purchase, list[Unit]], arp: Award, lincoln: School, client_of: Of, api_of: Of
) -> None:
    purchase, _units = one_for_all
    ida, dee = make_user("Ida", None), make_user("Dee", Role.TECHNOLOGY_DIRECTOR, lincoln)
    grant_award_access(arp, to=ida, by=SYSTEM)
    for user in (ida, dee):
        assert files_of(user, purchase, client_of) == (200, True, True), user.name
        assert all(note_of(user, purchase, client_of, api_of)), user.name


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.PRINCIPAL, Role.VIEWER])
@pytest.mark.parametrize("district_wide", [False, True])
def test_who_sees_no_cost_sees_no_note_that_may_tell_it(
    one_for_all: tuple[Purchase, list[Unit]],
    lincoln: School,
    role: str,
    district_wide: bool,
    client_of: Of,
    api_of: Of,
) -> None:
    tia = make_user("Tia", role, None if district_wide else lincoln)
    assert files_of(tia, one_for_all[0], client_of) == (200, False, False)
    assert not any(note_of(tia, one_for_all[0], client_of, api_of))


def test_an_award_s_auditor_sees_no_note_that_may_name_another_award(
    local: Award, lincoln: School, fay: User, client_of: Of, api_of: Of
) -> None:
    """The other award pays a part of one unit, and a day later nothing again."""
    bond = create_award(by=SYSTEM, program=local.program, name="Bond of 2019")
    purchase, units = make_purchase(
        quantity=2, shares=[(local, "100")], note="Ask Nell of the bond"
    )
    for unit in units:
        make_asset(school=lincoln, unit=unit)
    ida, dee = make_user("Ida", None), make_user("Dee", Role.TECHNOLOGY_DIRECTOR, lincoln)
    grant_award_access(local, to=ida, by=SYSTEM)
    assert all(note_of(ida, purchase, client_of, api_of))
    both = [ShareDraft(local, percent=Decimal(70)), ShareDraft(bond, percent=Decimal(30))]
    share_units([(units[0], both)], by=SYSTEM)
    for user, told in ((ida, False), (dee, True), (fay, True)):
        assert note_of(user, purchase, client_of, api_of) == (told, told, told), user.name
    attach_file(
        purchase, by=SYSTEM, data=b"\x89PNG\r\n\x1a\ny", name="quote-of-all.png", kind="photo"
    )
    assert files_of(ida, purchase, client_of) == (200, False, False)
    with time_machine.travel(days.now() + timedelta(days=1)):
        share_units([(units[0], [ShareDraft(local, percent=Decimal(100))])], by=SYSTEM)
        assert not any(note_of(ida, purchase, client_of, api_of)), "it paid once"
        grant_award_access(bond, to=ida, by=SYSTEM)
        assert not any(note_of(ida, purchase, client_of, api_of)), "two never make one"


def test_a_school_sees_no_note_while_something_has_a_cost_that_it_does_not_see(
    arp: Award, lincoln: School, client_of: Of, api_of: Of
) -> None:
    purchase, units = make_purchase(
        quantity=2, shares=[(arp, "100")], note="Ask Nell: $617.00 each"
    )
    make_asset(school=lincoln, unit=units[0])
    dee = make_user("Dee", Role.TECHNOLOGY_DIRECTOR, lincoln)
    assert not any(note_of(dee, purchase, client_of, api_of)), "one waits to be tagged"
    make_asset(school=lincoln, unit=units[1])
    assert all(note_of(dee, purchase, client_of, api_of))


def test_a_token_reads_no_note_without_the_rights_to_see_awards_and_costs(
    one_for_all: tuple[Purchase, list[Unit]], fay: User, token_of: Of
) -> None:
    url = f"/api/v1/purchases/{one_for_all[0].pk}"
    all_of_it = ["funding.view_purchase", "funding.view_award", "funding.view_cost"]
    for lacking in ("", *all_of_it[1:]):
        token = token_of(fay, [scope for scope in all_of_it if scope != lacking])
        answer = Client().get(url, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200
        assert (b"Nell" in answer.content) is not bool(lacking), lacking
