"""What the processes of the tests run with: the real settings, the tests' kinds of runs."""

import os
from pathlib import Path

from district_assets.settings import *
from district_assets.settings import INSTALLED_APPS, RUN_LEASE_SECONDS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.runs"]
RUN_LEASE_SECONDS = int(os.environ.get("TEST_LEASE_SECONDS", RUN_LEASE_SECONDS))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # as the tests hash them
if _files := os.environ.get("TEST_FILES"):  # a test with folders of its own
    FILES_DIR, INCOMING_DIR = Path(_files) / "files", Path(_files) / "incoming"
