"""Two people save the same in one moment, both past the rule: the second is told, by page and REST,
and nothing breaks. SQLite lets one write after the other, so that there the rule itself says it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from assets.actions import create_category
from core.access import SYSTEM
from core.db.constraints import taken
from core.models import DistrictSetting
from funding.actions import create_award, create_program, create_vendor, record_purchase
from funding.models import Award, Program, Purchase, Vendor
from people.actions.district import set_setting
from people.models import User
from tests.refusing import meanwhile

Of = Callable[[User | None], Client]
SAID = ("already", "Somebody saved the same just before you. Look again.")


@pytest.mark.django_db(transaction=True)
def test_two_officers_enter_one_program_vendor_and_purchase(
    fay: User, client_of: Of, arp: Award
) -> None:
    client = client_of(fay)
    page: list[tuple[Callable[[], Any], str, dict[str, str], Any, int]] = [
        (
            lambda: create_program(by=SYSTEM, code="STEM", name="STEM", family="state"),
            "/programs/",
            {"code": "stem", "name": "Twice", "family": "state"},
            Program,
            2,
        ),
        (lambda: create_vendor("Acme", by=SYSTEM), "/vendors/", {"name": "ACME"}, Vendor, 1),
        (
            lambda: record_purchase("26-1", by=SYSTEM, lines=[]),
            "/purchases/new/",
            {"number": "26-1", "vendor": "Another", "description": "X", "quantity": "1"},
            Purchase,
            1,
        ),
    ]
    for act, path, typed, model, count in page:
        with meanwhile(act):
            answer = client.post(path, typed)
        assert answer.status_code in (200, 409)
        assert any(words in answer.content.decode() for words in SAID)
        assert model.objects.count() == count
    assert not Vendor.objects.filter(name="Another").exists()


@pytest.mark.django_db(transaction=True)
def test_two_programs_enter_one_award_and_one_category(rob: User, api_of: Of, arp: Award) -> None:
    api = api_of(rob)
    rest: list[tuple[Callable[[], Any], str, dict[str, Any], str]] = [
        (
            lambda: create_award(by=SYSTEM, program=arp.program, name="New"),
            "awards",
            {"program": arp.program_id, "name": "NEW"},
            "award-name-taken",
        ),
        (
            lambda: create_category("Carts", by=SYSTEM),
            "categories",
            {"name": "carts", "asset_class": "", "useful_life_months": 60},
            "category-name-taken",
        ),
    ]
    for act, path, body, code in rest:
        with meanwhile(act):
            answer = api.post(f"/api/v1/{path}", body, content_type="application/json")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, code)


@pytest.mark.django_db
def test_the_database_alone_says_it_where_no_rule_has_a_code(ana: User) -> None:
    set_setting("tag_length", 6, by=ana, starts_on=date(2026, 7, 1))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        DistrictSetting.objects.create(key="tag_length", value=7, starts_on=date(2026, 7, 1))
    problem = taken(refused.value)
    assert problem is not None and problem.code == "taken"
    assert str(problem) == SAID[1]


@pytest.mark.django_db
def test_what_is_refused_for_another_reason_is_a_fault_of_ours(ana: User) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Purchase.objects.create(number=None)
    assert taken(refused.value) is None
