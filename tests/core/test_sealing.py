"""Every entry gets its place in the chain once its order is final, however long the journal is."""

import json
import threading

import pytest
from django.db import connection, transaction

from assets.models import Asset
from core.journal import seal_check, sealing, verify
from core.models import Entry, Lease, Seal
from people.models import School
from tests.core.forgeries import no_protection
from tests.factories import make_asset

pytestmark = pytest.mark.django_db(transaction=True)


def all_are_sealed() -> bool:
    return not Entry.objects.filter(seal=None).exists() and verify.verify().findings == []


def test_what_comes_after_a_round_is_sealed_in_the_next(lincoln: School) -> None:
    for _round in range(3):
        make_asset(school=lincoln)
        assert sealing.unsealed().exists()
        assert sealing.seal_all() > 0
        assert not sealing.unsealed().exists()
        assert sealing.seal_all() == 0
    assert all_are_sealed()


def test_a_round_that_did_not_reach_the_end_is_gone_on_with(lincoln: School) -> None:
    for _n in range(5):
        make_asset(school=lincoln)
    entries = Entry.objects.count()
    assert [sealing.seal_round(2)[0] for _n in range(2)] == [2, 2]
    make_asset(school=lincoln)
    assert sealing.seal_all() > entries - 4
    assert all_are_sealed()


def test_many_are_sealed_in_rounds_and_none_twice(
    lincoln: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "ROUND", 3)
    for _n in range(10):
        make_asset(school=lincoln)
    entries = Entry.objects.count()
    assert entries > 9
    assert sealing.seal_all() == entries
    assert sealing.seal_all() == 0
    make_asset(school=lincoln)
    assert sealing.seal_all() > 0
    assert all_are_sealed()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_what_a_slow_desk_began_before_others_ended_is_sealed_when_it_commits(
    lincoln: School,
) -> None:
    product = make_asset(school=lincoln).product  # or one desk waits for the other's product
    begun, go_on = threading.Event(), threading.Event()

    def slow_desk() -> None:
        with transaction.atomic():
            make_asset(school=lincoln, tag="SLOW", product=product)
            begun.set()
            assert go_on.wait(60)
        connection.close()

    desk = threading.Thread(target=slow_desk)
    desk.start()
    assert begun.wait(60)
    make_asset(school=lincoln, tag="QUICK", product=product)
    sealing.seal_all()  # may not pass over what the slow desk has not committed
    go_on.set()
    desk.join(60)
    sealing.seal_all()
    assert all_are_sealed()
    order = Entry.objects.filter(kind="asset.registered").order_by("seal__number")
    tags = [Asset.objects.get(pk=e.subject_id).tag for e in order]
    assert tags[1:] == ["SLOW", "QUICK"]


def test_tables_that_were_carried_to_another_cluster_are_sealed_there(lincoln: School) -> None:
    """A PostgreSQL that was filled by pg_restore counts its transactions from its own start."""
    make_asset(school=lincoln)
    sealing.seal_all()
    if connection.vendor == "postgresql":
        Lease.objects.filter(name=sealing.SEALER).update(floor=10**15)
    before = Seal.objects.count()
    make_asset(school=lincoln)
    assert sealing.seal_all() > 0
    assert Seal.objects.count() > before
    assert all_are_sealed()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no transactions' numbers")
def test_a_tail_that_was_carried_to_another_cluster_is_sealed_there(lincoln: School) -> None:
    """What was not sealed when it was dumped has a number that the new cluster reaches in years."""
    make_asset(school=lincoln)
    with no_protection():
        Entry.objects.filter(seal=None).update(txid=10**15)
    tail = sealing.unsealed().count()
    assert tail > 3
    assert [sealing.seal_round(2)[0], sealing.seal_all()] == [2, tail - 2]
    make_asset(school=lincoln)
    assert sealing.seal_all() > 0
    assert all_are_sealed()


def test_the_sealer_does_not_look_through_the_whole_journal(lincoln: School) -> None:
    make_asset(school=lincoln)
    sealing.seal_all()
    plan = sealing.unsealed().explain()
    whole = {"postgresql": "Seq Scan on core_entry", "sqlite": "SCAN core_entry"}
    assert whole[connection.vendor] in Entry.objects.filter(seal=None).explain()
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            # So few rows are read whole as quickly; what counts is that the index would do.
            cursor.execute("SET LOCAL enable_seqscan = off")
            plan = sealing.unsealed().explain()
    assert whole[connection.vendor] not in plan


ODD = {
    "number": 1e-7,
    "long": 10**25,
    "Zoë": ["\x1f\x7f\u2028", "\U0001f4bb", None, True, {"b": 1, "a": {}}],
    "": '1\n2\t"\\/',
}


def test_a_seal_holds_whatever_an_entry_holds_and_nothing_else(lincoln: School) -> None:
    """The quick way to make a seal's bytes reads some numbers otherwise than the seal has them."""
    make_asset(school=lincoln)
    entry = Entry.objects.latest("id")
    before = Entry.objects.filter(pk=entry.pk).values_list("data", flat=True).get()
    with no_protection():
        Entry.objects.filter(pk=entry.pk).update(data=ODD)
        sealing.seal_all()
        seal = Seal.objects.get(entry=entry.pk)
        broken = [f"Entry {entry.pk} does not match its seal {seal.number}."]
        assert verify.verify(only_chain=True).findings == []
        for forged in (
            {**ODD, "number": 1e-8},
            {**ODD, "long": 10**25 + 1},
            {**ODD, "": '1\n2\t"\\'},
            [],
        ):
            Entry.objects.filter(pk=entry.pk).update(data=forged)
            assert verify.verify(only_chain=True).findings == broken
        Entry.objects.filter(pk=entry.pk).update(data=before)
        Seal.objects.filter(number__gte=seal.number).delete()
    sealing.seal_all()


def test_a_number_is_not_its_neighbor_that_reads_alike_in_haste(lincoln: School) -> None:
    make_asset(school=lincoln)
    entry = Entry.objects.latest("id")
    cells = list(Entry.objects.filter(pk=entry.pk).values_list(*sealing.FIELDS).get())
    place = sealing.FIELDS.index("data")
    cells[place] = {"long": 1e25}
    sealed = sealing.digest(sealing.GENESIS, 1, cells)
    cells[sealing.FIELDS.index("changes")] = json.dumps(entry.changes)
    for text, same in (
        ("1e25", True),
        (str(10**25), False),
        (str(10**25 + 1), False),
        ("{", False),
    ):
        cells[place] = text if text == "{" else f'{{"long": {text}}}'
        assert seal_check.matches(sealed, sealing.GENESIS, 1, cells) is same
