"""Every setting of Ethics Forum, read once from typed environment variables.

With nothing set the site runs in local mode: loopback only, SQLite, mail written
to files. DJANGO_DEBUG=0 leaves local mode; from then on secrets must be given.
docs/configuration.md lists each variable; a test holds it to this file.
"""

import zoneinfo
from pathlib import Path
from typing import Any

import django_stubs_ext
from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ethicsforum import env, postgres, redis_servers
from ethicsforum.accounts.providers import *  # noqa: F403  # allauth's settings, all of them
from ethicsforum.accounts.second_factor import *  # noqa: F403  # as above
from ethicsforum.accounts.sign_in import *  # noqa: F403  # as above
from ethicsforum.data_dir import kept_secret, short_socket, writable
from ethicsforum.house_settings import *  # noqa: F403  # those of the discussion, all of them
from ethicsforum.log_settings import *  # noqa: F403  # what is logged, all of it
from ethicsforum.mode import DEBUG, HTTPS, LOCAL, TRUSTED_PROXIES  # noqa: F401  # DEBUG is Django's
from ethicsforum.page_settings import *  # noqa: F403  # pages kept in memory, all of them
from ethicsforum.security_settings import *  # noqa: F403  # cookies and headers, all of them

# Lets classes be written as ModelAdmin[Article] at run time too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Place ----------------------------------------------------------------

HOST = env.text("HOST", "127.0.0.1", "the address the web server listens on")
PORT = env.number("PORT", 8000, "the port of the web server", low=1, high=65535)
DATA_DIR = Path(
    env.text("DATA_DIR", "var", "where everything that lasts is kept")
).expanduser()
if not DATA_DIR.is_absolute():
    DATA_DIR = (BASE_DIR / DATA_DIR).resolve()


writable(DATA_DIR)

SECRET_KEY = env.text(
    "SECRET_KEY",
    "",
    "signs sessions; needed outside local mode",
    shown="in local mode: made and kept in DATA_DIR",
)
if not SECRET_KEY and LOCAL:
    SECRET_KEY = kept_secret(DATA_DIR / "secret-key")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing; outside local mode set it to a long random text, "
        'for example the output of python3 -c "import secrets; '
        'print(secrets.token_urlsafe(50))".'
    )

SECRET_KEY_FALLBACKS = env.names(
    "SECRET_KEY_FALLBACKS",
    [],
    "keys of before, which still read what they signed",
    shown="none",
)

DEMO_PASSWORD = env.text(
    "DEMO_PASSWORD",
    "",
    "the password of the demo accounts (local mode)",
    shown="made at random",
)

# --- The site -------------------------------------------------------------

SITE_NAME = env.text("SITE_NAME", "Ethics Forum", "the name readers see")
SITE_URL = env.web_address(
    "SITE_URL",
    f"http://[{HOST}]:{PORT}" if ":" in HOST else f"http://{HOST}:{PORT}",
    "the address readers use; in mails and feeds",
    shown="http://HOST:PORT",
)
ALLOWED_HOSTS = env.names(
    "ALLOWED_HOSTS",
    ["localhost", "127.0.0.1", "[::1]", HOST] if LOCAL else [],
    "the host names this site answers to; needed outside local mode",
    shown="in local mode: this machine's own",
)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is missing; outside local mode set it to the site's host "
        "names, with commas between."
    )
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []

LANGUAGE_CODE = env.one_of(
    "LANGUAGE_CODE", "en", "the language of the interface", dict(LANGUAGES)
)
TIME_ZONE = env.one_of(
    "TIME_ZONE", "UTC", "the site's time zone", zoneinfo.available_timezones()
)
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
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    *PROVIDER_APPS,  # noqa: F405  # from accounts.providers
    "django_htmx",
    "ethicsforum.apps.EthicsForumConfig",
    "ethicsforum.accounts",
    "ethicsforum.limits",
    "ethicsforum.accounts.privacy",
    "articles",
    "comments",
]

MIDDLEWARE = [
    "ethicsforum.logs.RequestLogMiddleware",
    "ethicsforum.headers.SecurityHeadersMiddleware",
    "ethicsforum.requests.PlainRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Inside WhiteNoise, whose files are compressed already.
    "ethicsforum.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ethicsforum.accounts.staff.SecondFactorMiddleware",
    "ethicsforum.accounts.provider_door.ProviderDoorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["ethicsforum.templatetags.machine_time"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ethicsforum.context.site",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------

SQLITE_OPTIONS = {
    # IMMEDIATE takes the write lock at BEGIN: a read-then-write transaction waits
    # its turn instead of failing with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Each thread has a connection, and each of them pages in memory: half a megabyte.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
    "PRAGMA cache_size=-500;",
}
DATABASE: dict[str, Any] = env.database(
    "DATABASE_URL", "the database", shown="forum.sqlite3 in DATA_DIR"
) or {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(DATA_DIR / "forum.sqlite3"),
}
DATABASE_SECONDS = env.number(
    "DATABASE_SECONDS",
    0,
    "how long one statement may take on PostgreSQL; 0: as long as it takes",
    high=3600,
    shown="25 in web and worker, else 0",
)
DATABASE_POOLED = env.flag(
    "DATABASE_POOLED", False, "DATABASE_URL leads to a pooler in transaction mode"
)
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE["OPTIONS"] = SQLITE_OPTIONS
    # To open a file and read its schema takes longer than to ask it something. A
    # minute only: the file may be another one by then.
    DATABASE["CONN_MAX_AGE"] = 60
    # Tests use a file too: an in-memory database locks in another way.
    DATABASE["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    DATABASE = postgres.configured(
        DATABASE, seconds=DATABASE_SECONDS, pooled=DATABASE_POOLED
    )
DATABASES = {"default": DATABASE}
TARGET_DATABASE = env.database(
    "TARGET_DATABASE_URL",
    "the PostgreSQL database to which `migrate_to_postgres` moves the site",
    shown="none",
)

# --- Backups --------------------------------------------------------------

_backups = env.text(
    "BACKUP_DIR",
    "",
    "where a backup of each day goes; in DATA_DIR unless it begins with /",
    shown="none is made",
)
BACKUP_DIR = DATA_DIR / Path(_backups).expanduser() if _backups else None
BACKUP_KEEP = env.number(
    "BACKUP_KEEP", 7, "how many of the daily backups are kept", low=1, high=3650
)

# --- Redis: the broker and the cache --------------------------------------

REDIS_SOCKET = short_socket(DATA_DIR)
REDIS_URL = env.redis_address(
    "REDIS_URL",
    f"unix://{REDIS_SOCKET}",
    "the Redis or Valkey server; it is the broker and the cache",
    shown="the one that `make run` starts",
)
CACHES = {
    # For what has to last and to be one for all processes: django-allauth keeps its
    # limits on signing in there, and which codes were used.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits_cacheentry",
        "KEY_FUNCTION": "ethicsforum.cache.unreadable_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # For what can be made again.
    "quick": {
        "BACKEND": "ethicsforum.cache.FallbackRedisCache",
        # In a list, for Django would cut it at its commas.
        "LOCATION": [REDIS_URL],
        "KEY_PREFIX": "ethicsforum",
    },
}

# --- Celery: what depends on the environment; the rest is in celery.py ----

CELERY_BROKER_URL = redis_servers.broker_url(REDIS_URL)
CELERY_BROKER_USE_SSL = redis_servers.broker_tls(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    # What a dead worker held comes back after the visibility timeout; kombu's own pace
    # of looking (every 100 s) would double the wait.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    **redis_servers.broker_options(REDIS_URL),
}
CELERY_WORKER_QUEUES = "screening,mail,maintenance"
WORKER_CONCURRENCY = env.number(
    "WORKER_CONCURRENCY", 2, "processes of one Celery worker", low=1, high=64
)
QUEUE_CONCURRENCY = {
    name: env.number(
        f"{name.upper()}_CONCURRENCY",
        WORKER_CONCURRENCY,
        f"the same, of a worker for the queue `{name}` alone",
        low=1,
        high=64,
        shown="WORKER_CONCURRENCY",
    )
    for name in CELERY_WORKER_QUEUES.split(",")
}
WEB_THREADS = env.number(
    "WEB_THREADS", 8, "threads of one web process", low=1, high=128
)
WEB_WORKERS = env.number("WEB_WORKERS", 1, "web processes", low=1, high=64)

# --- Privacy --------------------------------------------------------------

DELETION_HOURS = env.number(
    "DELETION_HOURS",
    24,
    "how long a member who asked to be deleted can change their mind",
    high=720,
)

# --- Mail -----------------------------------------------------------------

MAIL_DIR = DATA_DIR / "mail"
EMAIL_BACKEND = "ethicsforum.mail.FileBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", "Ethics Forum <forum@example.org>", "the sender of mails"
)
for _name, _value in (
    env.mail_server("EMAIL_URL", "the mail server", shown="files in DATA_DIR/mail")
    or {}
).items():
    if _value is not None:
        globals()[_name] = _value

# --- Static files ---------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static" if LOCAL else BASE_DIR / "staticfiles"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ethicsforum.bundles.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ethicsforum.static_storage.StaticStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"

SITE_TAGLINE = _("Arguments worth having, moderated in the open")
