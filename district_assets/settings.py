"""Settings. DATABASE_URL and BROKER_URL alone choose the profile
(docs/decisions/two-profiles.md)."""

import logging
import os
from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from core.ops import log_lines
from district_assets.database import configured

# core reads it from the settings and so knows no noun of the apps above.
from district_assets.not_journaled import NOT_JOURNALED as NOT_JOURNALED
from district_assets.secret import installation_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.prefix = ""
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")


def secret(name: str, default: str = "") -> str:
    """A value from NAME, or from the file that NAME_FILE points to (compose secrets)."""
    path = env.str(f"{name}_FILE", default="")
    return Path(path).read_text().strip() if path else env.str(name, default=default)


DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not os.access(DATA_DIR, os.W_OK | os.X_OK):
        raise PermissionError("this user may not write there")
except OSError as error:
    raise SystemExit(f"The data folder DATA_DIR={DATA_DIR} cannot be used: {error}") from error
FILES_DIR = DATA_DIR / "files"
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(DATA_DIR / "backups")))
#: Heads of the journal, appended beside the database (core.journal.heads).
HEADS_FILE = Path(env.str("HEADS_FILE", default=str(DATA_DIR / "journal_heads.txt")))
#: Digests of who was forgotten, for restores of older backups (core.forgetting.erasures).
ERASURES_FILE = Path(env.str("ERASURES_FILE", default=str(DATA_DIR / "erasures.txt")))


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret("SECRET_KEY") or installation_secret(DATA_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
#: Proxies (addresses or networks) whose X-Forwarded-For counts, for sign-in limits and logs.
TRUSTED_PROXIES = [ip_network(p) for p in env.list("TRUSTED_PROXIES", default=[])]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
    "django_structlog",
    "core",
    "people",
    "funding",
    "assets",
    "compliance",
    "reports",
    "planning",
    "integrations",
    "demonstration",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.ops.metrics.RequestTimes",
    "core.web.http.RequestMiddleware",
    "core.ops.logs.RequestLog",
    "core.web.http.HeadMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "core.web.http.DistrictMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.web.http.ProblemMiddleware",
]

ROOT_URLCONF = "district_assets.urls"
WSGI_APPLICATION = "district_assets.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "core.web.slots.context",
            ],
            "builtins": [
                "core.templatetags.district",
                "core.templatetags.components",
                "assets.templatetags.status",
            ],
        },
    }
]

#: What `wsgi` says of itself. Workers, the sweeper and commands have more time.
WEB = os.environ.get("DISTRICT_PROCESS") == "web"
#: No statement of the database runs for longer (docs/decisions/nothing-for-ever.md).
STATEMENT_SECONDS = (
    env.float("WEB_STATEMENT_SECONDS", default=20.0)
    if WEB
    else env.float("WORK_STATEMENT_SECONDS", default=1800.0)
)
#: So many threads of a web process may queue at SQLite's gate; the others go on answering.
GATE_CROWD = max(1, env.int("WEB_THREADS", default=8) - 3) if WEB else None
#: Not ready below so much free space, for data or for backups.
LEAST_FREE_MB = env.int("LEAST_FREE_MB", default=500)

DATABASE_URL = secret("DATABASE_URL", f"sqlite:///{DATA_DIR / 'district.sqlite3'}")
DATABASES = {
    "default": configured(
        env.db_url_config(DATABASE_URL),
        password=secret("DATABASE_PASSWORD"),
        patience=10 if WEB else 60,
        statement_seconds=STATEMENT_SECONDS,
    )
}

AUTH_USER_MODEL = "people.User"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # the constraint user_email is unique on lower(email)
    # We own one name of the district's domain and decide nothing for its other names.
    "security.W005",
    "security.W021",
]
AUTHENTICATION_BACKENDS = ["people.backends.MembershipBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]

SESSION_ENGINE = "core.web.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_FAILURE_VIEW = "core.views.errors.not_from_our_page"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from inside, without TLS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_SSL_REDIRECT = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", _("English"))]
USE_TZ = True
TIME_ZONE = "UTC"  # pages use the district's zone, see core.time.days

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = None  # pages take static files from where they lie (WHITENOISE_USE_FINDERS)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_DIR)},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
#: Uploads stream to where a worker reads them; what a killed process leaves there is swept away.
INCOMING_DIR = FILE_UPLOAD_TEMP_DIR = DATA_DIR / "incoming"
INCOMING_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
FILE_UPLOAD_HANDLERS = [
    "core.files.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

RUN_LEASE_SECONDS = 20  # a worker silent for so long is dead and its run is done by another
BROKER_URL = secret("BROKER_URL", "filesystem://")
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # its lines have the form of all lines (LOGGING)
CELERY_WORKER_REDIRECT_STDOUTS = False  # else our lines stand as texts within lines of Celery's own
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_ENABLE_PREFETCH_COUNT_REDUCTION = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker however long it takes
CELERY_TASK_PUBLISH_RETRY = False  # the sweeper rings again; a request never waits for a broker
if BROKER_URL.startswith("filesystem"):
    _queue = DATA_DIR / "queue"
    for _name in ("messages", "processed", "control"):
        (_queue / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "processed_folder": str(_queue / "processed"),
        "control_folder": str(_queue / "control"),
        "store_processed": True,
    }
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # its mail boxes would only fill the folder
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 30,
        "socket_connect_timeout": 1,
        "socket_keepalive": True,
        "health_check_interval": 25,
    }

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["people.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parser.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.HouseSchema",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS tells nothing; openapi.yaml tells everything
    "EXCEPTION_HANDLER": "core.api.errors.exception_handler",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "District Assets",
    "DESCRIPTION": "The register of a school district's items and the money that bought them.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["core.api.schema.add_errors"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
LOGGING = log_lines.logging_settings(LOG_LEVEL)
