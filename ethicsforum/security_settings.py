"""What a browser is told and allowed: cookies, https, the policies of every answer."""

from ethicsforum import env
from ethicsforum.accounts.providers import PROVIDER_ORIGINS
from ethicsforum.mode import HTTPS, LOCAL, TRUSTED_PROXIES

# --- Cookies --------------------------------------------------------------

# A browser takes a cookie whose name begins so only by https, from this very host and
# for all of it: a page on a neighbouring host can't put its own in the place of ours.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
MESSAGE_COOKIE_NAME = f"{COOKIE_PREFIX}messages"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
MESSAGE_STORAGE = "ethicsforum.cookies.MessageStorage"
# The cache answers for the table; without Redis the table answers itself.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "quick"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Https ----------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]

# --- Headers: `headers` writes them on every answer -----------------------

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# No other site has a use for this site's styles and scripts.
WHITENOISE_ALLOW_ALL_ORIGINS = False
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": " ".join(["'self'", *PROVIDER_ORIGINS]),
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
# What no page of this site needs, no page may use. Passkeys are not in the list.
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)

# --- What a request may carry ---------------------------------------------

LIMITS_PERCENT = env.number(
    "LIMITS_PERCENT",
    # On one's own machine everybody has one address, and a script is no flood.
    10_000 if LOCAL else 100,
    "how much one member or address may do in a short time, as a share of what "
    "docs/operations.md lists; 0: no limit but those on signing in",
    high=10_000,
    shown="100; in local mode 10000",
)
# A comment is at most 10,000 characters; nothing a reader sends is much larger.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# An editor's picture has at most 15 MB, and a form around it.
MOST_UPLOADED = 16_000_000

# --- Whom somebody tells who found a hole ---------------------------------

SECURITY_CONTACT = env.contact(
    "SECURITY_CONTACT",
    "whom to tell of a weakness; then /.well-known/security.txt says so",
    shown="none",
)

# --- Who may read figures -------------------------------------------------

METRICS_TOKEN = env.text(
    "METRICS_TOKEN",
    "",
    "what a monitor has to send to read /metrics",
    shown="none: no /metrics; in local mode no token is asked for",
)
