"""Every setting of Ethics Forum, read once from typed environment variables.

With nothing set the site runs in local mode: loopback only, SQLite, mail written
to files. DJANGO_DEBUG=0 leaves local mode; from then on secrets must be given.
docs/configuration.md lists each variable; a test holds it to this file.
"""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import django_stubs_ext
from celery.schedules import schedule
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ethicsforum import env

# Lets classes be written as ModelAdmin[Article] at run time too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Mode and place -------------------------------------------------------

DEBUG = False
LOCAL = True
if os.environ.get("DJANGO_DEBUG", "").strip():
    DEBUG = LOCAL = env.flag(
        "DJANGO_DEBUG",
        False,
        "unset: local mode; 1: local mode with Django's debug pages; 0: production",
    )

HOST = env.text("HOST", "127.0.0.1", "the address the web server listens on")
PORT = env.number("PORT", 8000, "the port of the web server", low=1, high=65535)
DATA_DIR = Path(
    env.text("DATA_DIR", "var", "where everything that lasts is kept")
).expanduser()
if not DATA_DIR.is_absolute():
    DATA_DIR = (BASE_DIR / DATA_DIR).resolve()


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR {DATA_DIR} can't be written ({error.strerror}); "
            "give it to this user, or name another folder in DATA_DIR."
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"DATA_DIR {DATA_DIR} can't be written by this user; "
            "give it to this user, or name another folder in DATA_DIR."
        )
    return folder


_writable(DATA_DIR)


def _kept_secret(path: Path) -> str:
    """The secret in the file; made at random the first time (local mode only)."""
    if not path.exists():
        _writable(path.parent)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as draft:
            draft.write(secrets.token_urlsafe(50))
        try:
            # A link fails when the file is there: two first starts agree on one key.
            os.link(draft.name, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft.name)
    return path.read_text().strip()


SECRET_KEY = env.text("SECRET_KEY", "", "signs sessions; needed outside local mode")
if not SECRET_KEY and LOCAL:
    SECRET_KEY = _kept_secret(DATA_DIR / "secret-key")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing; outside local mode set it to a long random text, "
        'for example the output of python3 -c "import secrets; '
        'print(secrets.token_urlsafe(50))".'
    )

DEMO_PASSWORD = env.text(
    "DEMO_PASSWORD", "", "the demo accounts' password; unset: made at random"
)

# --- The site -------------------------------------------------------------

SITE_NAME = env.text("SITE_NAME", "Ethics Forum", "the name readers see")
SITE_URL = env.web_address(
    "SITE_URL", f"http://{HOST}:{PORT}", "the address readers use; in mails and feeds"
)
ALLOWED_HOSTS = env.names(
    "ALLOWED_HOSTS",
    ["localhost", "127.0.0.1", "[::1]", HOST] if LOCAL else [],
    "the host names this site answers to; needed outside local mode",
)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is missing; outside local mode set it to the site's host "
        "names, with commas between."
    )
HTTPS = env.flag("HTTPS", not LOCAL, "readers reach the site by https")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
TRUSTED_PROXIES = env.number(
    "TRUSTED_PROXIES", 0, "how many proxies of yours stand in front", high=9
)

LANGUAGE_CODE = env.text("LANGUAGE_CODE", "en", "the language of the interface")
TIME_ZONE = env.text("TIME_ZONE", "UTC", "the site's time zone")
USE_I18N = USE_TZ = True

# --- Django ---------------------------------------------------------------

ROOT_URLCONF = "ethicsforum.urls"
WSGI_APPLICATION = "ethicsforum.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "ethicsforum.apps.ForumAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "ethicsforum.apps.EthicsForumConfig",
    "ethicsforum.accounts",
    "articles",
    "comments",
]

MIDDLEWARE = [
    "ethicsforum.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ethicsforum.context.site",
            ]
        },
    }
]

# --- Database -------------------------------------------------------------

SQLITE_OPTIONS = {
    # IMMEDIATE takes the write lock at BEGIN: a read-then-write transaction waits
    # its turn instead of failing with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASE: dict[str, Any] = env.database(
    "DATABASE_URL", "the database; unset: forum.sqlite3 in DATA_DIR"
) or {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(DATA_DIR / "forum.sqlite3"),
}
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE["OPTIONS"] = SQLITE_OPTIONS
    # Tests use a file too: an in-memory database locks in another way.
    DATABASE["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    DATABASE.setdefault("CONN_MAX_AGE", 60)
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DATABASES = {"default": DATABASE}

# --- Redis: the broker and the cache --------------------------------------


def _local_socket() -> Path:
    """Where `make run` puts its Redis socket; servers refuse paths over 107 bytes."""
    socket = DATA_DIR / "redis" / "redis.sock"
    if len(os.fsencode(socket)) <= 100:
        return socket
    digest = hashlib.sha256(os.fsencode(DATA_DIR)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"ethicsforum-{os.getuid()}-{digest}.sock"


REDIS_SOCKET = _local_socket()
REDIS_URL = env.redis_address(
    "REDIS_URL",
    f"unix://{REDIS_SOCKET}",
    "the Redis or Valkey server; unset: the one `make run` starts",
)
CACHES = {
    "default": {
        "BACKEND": "ethicsforum.cache.FallbackRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "ethicsforum",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

# --- Celery ---------------------------------------------------------------

CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    # A message taken by a worker that died comes back after the visibility
    # timeout; kombu's own pace of looking (every 100 s) would double the wait.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 20
CELERY_TASK_TIME_LIMIT = 30
CELERY_TASK_DEFAULT_QUEUE = "maintenance"
CELERY_TASK_ROUTES = {
    "comments.screen": {"queue": "screening"},
    "comments.deliver": {"queue": "mail"},
}
CELERY_WORKER_QUEUES = "screening,mail,maintenance"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    # A message that no worker took before the next one is due has no use.
    "heartbeat": {
        "task": "ethicsforum.heartbeat",
        "schedule": schedule(10),
        "options": {"expires": 10},
    },
    "sweep": {
        "task": "comments.sweep",
        "schedule": schedule(15),
        "options": {"expires": 15},
    },
}
WORKER_CONCURRENCY = env.number(
    "WORKER_CONCURRENCY", 2, "processes of one Celery worker", low=1, high=64
)
WEB_THREADS = env.number(
    "WEB_THREADS", 8, "threads of one web process", low=1, high=128
)
WEB_WORKERS = env.number("WEB_WORKERS", 1, "web processes", low=1, high=64)

# --- Accounts -------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "ethicsforum.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# --- Mail -----------------------------------------------------------------

MAIL_DIR = DATA_DIR / "mail"
EMAIL_BACKEND = "ethicsforum.mail.FileBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", "Ethics Forum <forum@example.org>", "the sender of mails"
)
for _name, _value in (
    env.mail_server("EMAIL_URL", "the mail server; unset: files in DATA_DIR/mail") or {}
).items():
    if _value is not None:
        globals()[_name] = _value

# --- Screening ------------------------------------------------------------

CLASSIFIER_URL = env.web_address(
    "CLASSIFIER_URL", "", "an external classifier asked about each comment; off"
)
CLASSIFIER_TIMEOUT = env.number(
    "CLASSIFIER_TIMEOUT", 3, "seconds to wait for its answer", low=1, high=15
)

OLDEST_WAITING = "comments.models.oldest_waiting_seconds"

# --- Static files ---------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "ethicsforum" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "media"

# --- Security -------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
# A comment is at most 10,000 characters; nothing a reader sends is much larger.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Logging --------------------------------------------------------------

LOG_LEVEL = env.text("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    raise ImproperlyConfigured(
        f"LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR; {LOG_LEVEL!r} is not."
    )
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stdout"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["stdout"], "level": LOG_LEVEL, "propagate": False},
    },
}

SITE_TAGLINE = _("Arguments worth having, moderated in the open")
