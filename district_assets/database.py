"""The database's settings, made of its address (docs/decisions/two-profiles.md)."""

from typing import Any

SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
    # What is deleted is overwritten: somebody who is forgotten is not in the file any more.
    "PRAGMA secure_delete=ON;"
)
#: A server that vanished is noticed, and nobody waits for its answer for ever.
NOTICED = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


def configured(
    found: dict[str, Any], *, password: str, patience: float, statement_seconds: float
) -> dict[str, Any]:
    """`found` as read from DATABASE_URL, completed: how long to wait for SQLite's gate and its
    BEGIN together, and how long one statement may take on PostgreSQL (core.db.sqlite asks
    itself)."""
    found["ATOMIC_REQUESTS"] = False  # transactions belong to actions
    if found["ENGINE"].endswith("sqlite3"):
        found["ENGINE"] = "core.db.sqlite"
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": patience,
            "init_command": SQLITE,
        }
        return found
    found["ENGINE"] = "django.db.backends.postgresql"
    found["CONN_MAX_AGE"] = 60
    # A connection that PostgreSQL's end left dead is replaced at the next request.
    found["CONN_HEALTH_CHECKS"] = True
    if password:
        found["PASSWORD"] = password
    given = dict(found.get("OPTIONS", {}))
    limit = f"-c statement_timeout={int(statement_seconds * 1000)}"
    found["OPTIONS"] = {
        **NOTICED,
        **given,
        "options": f"{limit} {given.get('options', '')}".strip(),
    }
    return found
