"""Signing in with an account elsewhere. A provider is there when its id and secret are
in the environment, and nowhere otherwise: no button, no address, no app."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from ethicsforum import env

SOCIALACCOUNT_ADAPTER = "ethicsforum.accounts.provider_adapter.ProviderAdapter"
# An address at a provider never opens an account here: whoever has one signs in and
# connects the two. See docs/decisions/0023-signing-in.md.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
# The public name is the person's choice, not the provider's.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5


def _keys(prefix: str, who: str) -> dict[str, str] | None:
    client = env.text(f"{prefix}_CLIENT_ID", "", f"signing in with {who}", shown="off")
    secret = env.text(
        f"{prefix}_CLIENT_SECRET", "", f"the secret that {who} gave with it", shown="–"
    )
    if bool(client) != bool(secret):
        absent = f"{prefix}_CLIENT_{'ID' if secret else 'SECRET'}"
        raise ImproperlyConfigured(f"{absent} is missing; {who} needs both.")
    return {"client_id": client, "secret": secret} if client else None


GOOGLE, GITHUB = _keys("GOOGLE", "Google"), _keys("GITHUB", "GitHub")
OIDC = _keys("OIDC", "an OpenID Connect provider")
OIDC_NAME = env.text("OIDC_NAME", "OpenID", "what the button calls that provider")
OIDC_URL = env.web_address(
    "OIDC_URL", "", "its address, or that of its discovery document", shown="–"
)
if OIDC and not OIDC_URL:
    raise ImproperlyConfigured("OIDC_URL is missing; OIDC_CLIENT_ID needs it.")

SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}
PROVIDER_ORIGINS: list[str] = []
"""Where a press on a provider's button may lead; the headers allow no other place."""

if GOOGLE:
    SOCIALACCOUNT_PROVIDERS["google"] = {"APPS": [GOOGLE]}
    PROVIDER_ORIGINS.append("https://accounts.google.com")
if GITHUB:
    SOCIALACCOUNT_PROVIDERS["github"] = {"APPS": [GITHUB], "SCOPE": ["user:email"]}
    PROVIDER_ORIGINS.append("https://github.com")
if OIDC:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                **OIDC,
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "settings": {"server_url": OIDC_URL},
            }
        ]
    }
    PROVIDER_ORIGINS.append("{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL)))

for _provider in SOCIALACCOUNT_PROVIDERS.values():
    _provider["OAUTH_PKCE_ENABLED"] = True

PROVIDER_APPS = [
    f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS
]
