"""Settings of the tests: TEST_DATABASE chooses sqlite (a file: tests use threads) or postgresql."""

import atexit
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.servers import postgres

_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_root = Path(os.environ.setdefault("TEST_ROOT", tempfile.mkdtemp(prefix="district-tests-")))
os.environ["DATA_DIR"] = str(_root / f"data-{_worker}")
os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789-x")
os.environ.setdefault("LOG_LEVEL", "ERROR")
if os.environ.get("TEST_DATABASE") != "postgresql":
    os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['DATA_DIR']}/district.sqlite3"
elif f"TEST_POSTGRES_{_worker}" not in os.environ:
    # A cluster for each of xdist's workers (their children inherit its address): an open
    # transaction anywhere in a cluster holds back what the sealer may seal.
    _servers = ExitStack()
    os.environ["DATABASE_URL"] = _servers.enter_context(postgres())
    os.environ[f"TEST_POSTGRES_{_worker}"] = os.environ["DATABASE_URL"]
    atexit.register(_servers.close)

from district_assets.settings import *
from district_assets.settings import DATA_DIR, DATABASES

DATABASES["default"]["TEST"] = (
    {"NAME": str(DATA_DIR / "test.sqlite3")}
    if "sqlite" in DATABASES["default"]["ENGINE"]
    else {"NAME": f"district_test_{_worker}"}
)
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Each test's client has a middleware of its own: files are looked for when one is asked for.
WHITENOISE_AUTOREFRESH = True
