"""What the processes of the tests run with: the real settings, the tests' kinds of runs."""

import os

from district_assets.settings import *
from district_assets.settings import INSTALLED_APPS, RUN_LEASE_SECONDS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.runs"]
RUN_LEASE_SECONDS = int(os.environ.get("TEST_LEASE_SECONDS", RUN_LEASE_SECONDS))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # as the tests hash them
