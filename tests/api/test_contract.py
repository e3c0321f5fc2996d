"""The committed contract is what is served, and what is served keeps it."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.failures import FailureGroup

from district_assets.wsgi import application
from people.models import User

ROOT = Path(__file__).parent.parent.parent


def served() -> str:
    """The document as the address /api/v1/openapi.yaml gives it."""
    out = StringIO()
    call_command("spectacular", stdout=out)
    return out.getvalue()


def test_the_committed_contract_is_what_is_served() -> None:
    assert (ROOT / "openapi.yaml").read_text() == served(), (
        "Run: manage.py spectacular --file openapi.yaml, and read the difference"
    )


def _fuzz(calls_per_operation: int, token: str) -> int:
    schema = schemathesis.openapi.from_path(ROOT / "openapi.yaml")
    schema.app = application
    calls = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=calls_per_operation, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        )  # fmt: skip
        def check(case: Any) -> None:
            nonlocal calls
            calls += 1
            response = case.call(
                headers={"Authorization": f"Bearer {token}"}, base_url="http://testserver"
            )
            assert response.status_code < 500, (case.as_curl_command(), response.text[:500])
            case.validate_response(
                response,
                checks=[
                    schemathesis.checks.not_a_server_error,
                    schemathesis.checks.load_all_checks()
                    or schemathesis.specs.openapi.checks.status_code_conformance,
                    schemathesis.specs.openapi.checks.content_type_conformance,
                    schemathesis.specs.openapi.checks.response_schema_conformance,
                ],
            )

        from hypothesis import given

        try:
            given(case=operation.as_strategy())(check)()
        except FailureGroup as failures:
            raise AssertionError("\n".join(str(f) for f in failures.exceptions)) from failures
    return calls


@pytest.mark.django_db(transaction=True)
def test_five_hundred_calls_find_no_violation(
    rob: User, world: dict[str, Any], token_of: Callable[..., str]
) -> None:
    assert _fuzz(16, token_of(rob)) >= 400


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_two_thousand_calls_find_no_violation(
    rob: User, world: dict[str, Any], token_of: Callable[..., str]
) -> None:
    assert _fuzz(60, token_of(rob)) >= 1500
