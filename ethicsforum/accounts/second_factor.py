"""Passkeys, codes from an app, recovery codes: django-allauth's settings for them."""

from ethicsforum import env
from ethicsforum.mode import LOCAL

STAFF_SECOND_FACTOR = env.flag(
    "STAFF_SECOND_FACTOR",
    not LOCAL,
    "the admin opens only to those who own a second factor",
    shown="1 outside local mode",
)

MFA_ADAPTER = "ethicsforum.accounts.second_factor_adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "ethicsforum.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "ethicsforum.accounts.forms.RenamePasskeyForm",
    "signup_webauthn": "ethicsforum.accounts.forms.SignUpPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
# A passkey stands for password and second factor at once, so it asks for a finger, a
# face or a PIN wherever it is used, and a stolen key alone opens nothing.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
# Clocks of phones are a few seconds off.
MFA_TOTP_TOLERANCE = 1
# Whoever wants fewer questions has a passkey; a browser is never trusted by a cookie.
MFA_TRUST_ENABLED = False
# Seeing when a session was last used would cost each page a member reads a write.
USERSESSIONS_TRACK_ACTIVITY = False
