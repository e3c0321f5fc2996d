"""The committed contract is what is served, and what is served keeps it."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from people.models import User
from tests.api import fuzz

CONTRACT = Path(__file__).parent.parent.parent / "openapi.yaml"


def test_the_committed_contract_is_what_is_served() -> None:
    written = StringIO()
    call_command("spectacular", stdout=written)
    assert CONTRACT.read_text() == written.getvalue(), (
        "Run: manage.py spectacular --file openapi.yaml, and read the difference"
    )


@pytest.mark.django_db
def test_anybody_may_read_the_contract_at_its_address() -> None:
    answer = Client().get("/api/v1/openapi.yaml")
    assert answer.status_code == 200
    assert answer.content.decode().strip() == CONTRACT.read_text().strip()


@pytest.fixture
def known(api_world: dict[str, Any]) -> dict[str, int]:
    """A path's first noun and the id of one that exists."""
    nouns = {
        "assets": "asset",
        "awards": "award",
        "people": "person",
        "purchases": "purchase",
        "products": "product",
        "units": "unit",
        "vendors": "vendor",
        "reports": "report",
        "reclassifications": "reclassification",
        "categories": "category",
        "programs": "program",
        "rooms": "room",
        "runs": "run",
        "schools": "school",
    }
    return {path: api_world[noun] for path, noun in nouns.items()}


@pytest.mark.django_db(transaction=True)
def test_five_hundred_calls_find_no_violation(
    rob: User, known: dict[str, int], token_of: Callable[..., str]
) -> None:
    contract, token = CONTRACT.read_text(), token_of(rob)
    assert fuzz.send(contract, 500, token=token, known=known, seeded=True) >= 500


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_two_thousand_calls_find_no_violation(
    rob: User,
    known: dict[str, int],
    token_of: Callable[..., str],
    record_property: Callable[[str, object], None],
) -> None:
    contract, token = CONTRACT.read_text(), token_of(rob)
    sent = fuzz.send(contract, 2000, token=token, known=known, seeded=False)
    assert sent >= 2000
    record_property("calls", sent)
