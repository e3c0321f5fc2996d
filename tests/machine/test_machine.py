"""The register keeps what it promises through any order of acts, mistakes and late news."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from core.journal import guards, sealing, verify
from tests.machine.machine import Committed, District


def _run(machine: type[District], examples: int, steps: int, *, same: bool) -> None:
    """`same` draws the same examples every time."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=same,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_the_register_and_its_model_agree_whatever_happens() -> None:
    _run(District, 100, 30, same=True)


@pytest.mark.soak
@pytest.mark.django_db
def test_the_register_and_its_model_agree_for_a_long_time(
    record_property: Callable[[str, object], None],
) -> None:
    _run(District, 1000, 50, same=False)
    record_property("examples", 1000)
    record_property("steps each", 50)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_committed_verifies_sealed_to_its_end() -> None:
    sealed = []

    def at_the_end() -> None:
        connection.close()  # as a server would: each life begins with a new connection
        sealing.seal_all()
        result = verify.verify()
        assert (result.findings, result.unsealed) == ([], 0)
        sealed.append(result.sealed)
        with guards.lifted():
            call_command("flush", interactive=False, verbosity=0)

    Committed.at_the_end = staticmethod(at_the_end)
    _run(Committed, 10, 30, same=True)
    assert sum(sealed) > 200
