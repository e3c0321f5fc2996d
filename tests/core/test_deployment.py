"""Behind a name and HTTPS: nothing to warn of, safe cookies, and health checks that get through."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
ASK = """
import json
import django
django.setup()
from django.test import Client
def told(path, **headers):
    answer = Client().get(path, headers={"host": "assets.example.org"} | headers)
    return {"status": answer.status_code, "headers": dict(answer.headers),
            "cookies": {k: dict(v) for k, v in answer.cookies.items()}}
print(json.dumps({
    "plain": told("/sign-in/"), "tls": told("/first-run/", **{"x-forwarded-proto": "https"}),
    "health": told("/healthz", host="127.0.0.1:8000"), "stranger": told("/", host="evil.example"),
}))
"""


def run(tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "SECRET_KEY")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "district_assets.settings",
        "DATA_DIR": str(tmp_path),
        "HTTPS": "true",
        "ALLOWED_HOSTS": "assets.example.org,127.0.0.1,web",
        "DEBUG": "false",
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_has_nothing_to_warn_of(tmp_path: Path) -> None:
    said = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert said.returncode == 0, said.stderr
    key = tmp_path / "secret_key"
    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o077 == 0, "the secret of this installation is its owner's alone"


@pytest.fixture
def told(tmp_path: Path) -> dict[str, Any]:
    """Answers of a fresh installation that is set for HTTPS."""
    assert run(tmp_path, "manage.py", "migrate", "-v", "0").returncode == 0
    said = run(tmp_path, "-c", ASK)
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return found


def test_plain_http_leads_to_https_but_health_checks_do_not(told: dict[str, Any]) -> None:
    assert told["plain"]["status"] == 301
    assert told["plain"]["headers"]["Location"].startswith("https://assets.example.org/")
    assert told["health"]["status"] == 200
    assert told["stranger"]["status"] == 400
    page = told["tls"]
    assert page["status"] == 200
    assert page["headers"]["Strict-Transport-Security"] == "max-age=31536000"
    policy = page["headers"]["Content-Security-Policy"]
    assert "unsafe" not in policy
    for rule in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert rule in policy
    for name, cookie in page["cookies"].items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
