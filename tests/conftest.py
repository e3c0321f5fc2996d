"""What every test gets: a database of its own kind, the cast, guards that hold."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--near", action="store_true", help="all tests of what changed, of other files the first"
    )


def pytest_configure(config: pytest.Config) -> None:
    from tests import codes

    codes.note()
    # A busy machine is no fault of what is tested.
    settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("house")


def pytest_sessionfinish(session: pytest.Session) -> None:
    from tests import codes

    codes.finish(session)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: Any) -> None:
    from tests import codes

    codes.gather(node)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest modules first, so that both of xdist's workers end at about the same time."""
    if config.getoption("near"):
        from tests import near

        items[:], rest = near.parted(items, near.changed())
        config.hook.pytest_deselected(items=rest)

    def is_long(item: pytest.Item) -> bool:
        return any(item.get_closest_marker(name) for name in ("worker", "browser", "slow"))

    long = {item.path for item in items if is_long(item)}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(autouse=True)
def _the_record_tells_the_truth(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did, the journal's entries say what stands in every table afterwards.

    `@pytest.mark.untrue(why)` is for tests that write behind the register's back."""
    marker = request.node.get_closest_marker("django_db")
    if marker:
        fixture = "transactional_db" if marker.kwargs.get("transaction") else "db"
        request.getfixturevalue(fixture)  # so that this looks before everything is taken back
    yield
    if {"db", "transactional_db"} & set(request.fixturenames) and not (
        request.node.get_closest_marker("untrue")
    ):
        from django.db import connection

        from core.journal import baselines, folding
        from tests import acts

        if not connection.needs_rollback:
            assert list(folding.fold({}, baselines.pending())) == []
            assert acts.told_twice() == []


@pytest.fixture(autouse=True)
def _heads_of_its_own(settings: Any, tmp_path: Any) -> None:
    """No test finds the heads of another test's journal."""
    settings.HEADS_FILE = str(tmp_path / "journal_heads.txt")
    settings.ERASURES_FILE = str(tmp_path / "erasures.txt")


@pytest.fixture(autouse=True)
def _guards_lifted_for_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test ends with a flush, which the guards would refuse.

    The flush emits post_migrate, which installs them again."""
    marker = request.node.get_closest_marker("django_db")
    transactional = bool(marker and marker.kwargs.get("transaction"))
    if transactional:
        request.getfixturevalue("transactional_db")  # so that this is torn down before the flush
    yield
    if transactional:
        from core.journal import guards

        guards.lift()


from tests.cast import *
from tests.soak.report import pytest_terminal_summary as pytest_terminal_summary
from tests.world import *
