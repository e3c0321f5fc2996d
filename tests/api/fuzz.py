"""Calls by schemathesis: good ones and bad ones for every operation of the contract.

Half of the calls go to records that exist, so that more than 404 is seen. Every check that
schemathesis has is on: no 5xx, only answers of the contract, bad data refused, no door without a
token.
"""

import math
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from district_assets.wsgi import application

load_all_checks()
#: These walk through chains of requests; a single call tells them nothing.
STATEFUL = ["use_after_free", "ensure_resource_availability", "object_level_authorization"]
#: What no service account may do: its good requests are refused, too.
BEYOND = (
    "/api/v1/people/{id}/erase",
    "/api/v1/people/{id}/written",
    "/api/v1/reclassifications/{id}/decide",
    "/api/v1/reclassifications",  # a unit, or a purchase and its line: no schema says so
)
#: A good request may still meet a rule (409), a record that changed (412) or a used key (422);
#: of a bad one whatever is looked at first is said.
EXPECTED = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", 304, 404, 409, 412, 422]},
    "negative_data_rejection": {
        "expected-statuses": [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428]
    },
    "missing_required_header": {"expected-statuses": [400, 428]},
}


def send(contract: str, calls: int, *, token: str, known: dict[str, int], seeded: bool) -> int:
    """At least `calls` calls spread over all operations; how many. `known` has a path's first
    noun and the id of one that exists. Raises FailureGroup with a curl line for a violation."""
    config = SchemathesisConfig.from_dict({"checks": EXPECTED})
    schema = schemathesis.openapi.from_dict(_parsed(contract), config=config)
    schema.app = application
    operations = [result.ok() for result in schema.get_all_operations()]
    each = math.ceil(calls / len(operations))
    return sum(_send(o, each, token, known, seeded) for o in operations)


def _send(operation: Any, calls: int, token: str, known: dict[str, int], seeded: bool) -> int:
    sent = 0
    strategies = [operation.as_strategy(mode) for mode in GenerationMode]
    if operation.path_parameters:
        noun = operation.path.removeprefix("/api/v1/").split("/")[0]
        path = {"id": known[noun]} | ({"format_": "csv"} if "{format_}" in operation.path else {})
        strategies += [operation.as_strategy(m, path_parameters=path) for m in GenerationMode]

    @settings(
        max_examples=calls,
        deadline=None,
        database=None,
        derandomize=seeded,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=st.one_of(strategies))
    def call(case: Any) -> None:
        nonlocal sent
        sent += 1
        # Which cursors are good only the server can say.
        query = case.query or {}
        skipped = ["positive_data_acceptance"] if "cursor" in query else []
        if operation.path in BEYOND:
            skipped += ["positive_data_acceptance", "missing_required_header"]
        # An empty value leaves no trace in an address, so that it cannot be refused.
        if any(value in (None, [], {}) for value in query.values()):
            skipped.append("negative_data_rejection")
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"},
            excluded_checks=CHECKS.get_by_names(STATEFUL + skipped),
        )

    call()
    return sent


def _parsed(contract: str) -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load(contract)
    return found
