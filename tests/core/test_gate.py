"""SQLite: writers queue at the gate; nobody is told that the database is locked."""

import threading
import time

import pytest
from django.db import DatabaseError, connection, transaction

from core.models import Lease

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no gate")
def test_a_write_outside_a_transaction_waits_its_turn_behind_long_ones() -> None:
    Lease.objects.create(name="long")
    Lease.objects.create(name="short")
    errors: list[Exception] = []
    written: list[int] = []

    def work(inside: bool) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout=20")  # polling would give up almost at once
            for _round in range(8):
                if inside:
                    with transaction.atomic():
                        Lease.objects.filter(name="long").update(holder="x")
                        time.sleep(0.08)  # what an import's batch takes
                else:
                    written.append(Lease.objects.filter(name="short").update(holder="y"))
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(i % 2 == 0,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert written == [1] * 16
