"""Who sees a part of an award sees the products of its things, and no letter of the whole."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.access import SYSTEM
from core.actions.attachments import attach_file
from core.files.subjects import find
from funding.actions import grant_award_access
from funding.models import Award
from people.models import School
from people.roles import Role
from tests.cast import again, make_user
from tests.factories import make_asset, make_product, make_purchase

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]


def test_a_school_s_membership_opens_no_letter_of_an_award(
    arp: Award, lincoln: School, client_of: Of
) -> None:
    _purchase, units = make_purchase(shares=[(arp, "100")])
    make_asset(school=lincoln, unit=units[0])
    row = attach_file(
        arp, by=SYSTEM, data=b"\x89PNG\r\n\x1a\nz", name="award-letter.png", kind="photo"
    )
    dee, ida = make_user("Dee", Role.TECHNOLOGY_DIRECTOR, lincoln), make_user("Ida", None)
    grant_award_access(arp, to=ida, by=SYSTEM)
    for user, opens in ((dee, False), (ida, True)):
        client = client_of(again(user))
        page = client.get(f"/awards/{arp.pk}/")
        assert page.status_code == 200
        assert ("award-letter" in page.content.decode()) is opens
        assert (client.get(f"/files/{row.pk}/").status_code == 200) is opens
    assert find("funding.award", arp.pk, SYSTEM) == arp


def test_an_award_shows_the_products_of_its_things_and_no_other(
    arp: Award, lincoln: School, client_of: Of, api_of: Of
) -> None:
    _purchase, units = make_purchase(shares=[(arp, "100")])
    make_asset(school=lincoln, unit=units[0])
    bow = make_product(make="Brandt", model="Bow 4", category="Music")
    make_asset(school=lincoln, product=bow)
    ida, tia = make_user("Ida", None), make_user("Tia", Role.VIEWER, lincoln)
    grant_award_access(arp, to=ida, by=SYSTEM)
    for user, all_of_it in ((ida, False), (tia, True)):
        pages, api = client_of(again(user)), api_of(again(user))
        for text in (
            *(pages.get(url).content.decode() for url in ("/catalog/", "/assets/")),
            *(api.get(f"/api/v1/{name}").content.decode() for name in ("products", "categories")),
        ):
            assert "Chromebook" in text
            assert ("Brandt" in text or "Music" in text) is all_of_it
        for url in (f"products/{bow.pk}", f"categories/{bow.category_id}"):
            assert (api.get(f"/api/v1/{url}").status_code == 200) is all_of_it, url
        asked = pages.get(f"/assets/?category={bow.category_id}").status_code
        assert asked == (200 if all_of_it else 400)
    grant_award_access(arp, to=tia, by=SYSTEM)
    assert "Brandt" in client_of(again(tia)).get("/catalog/").content.decode(), (
        "her school shows it"
    )
