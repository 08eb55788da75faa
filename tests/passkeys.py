"""A device that makes and uses passkeys, without a browser around it."""

import hashlib
from secrets import token_bytes
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from ethicsforum.accounts.models import User

HOST = "testserver"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
Credential = dict[str, Any]


class Passkey:
    def __init__(self) -> None:
        self.host = HOST
        self.verifies = True
        """Whether it asks for a finger or a PIN."""
        self.id = token_bytes(16)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def register(self, challenge: str) -> Credential:
        """What a browser sends after `navigator.credentials.create`."""
        key = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]  # fido2 has no type here
        made = AttestedCredentialData.create(Aaguid.NONE, self.id, key)
        data = self._data(made)
        told = CollectedClientData.create("webauthn.create", challenge, self._origin)
        response = {
            "clientDataJSON": websafe_encode(told),
            "attestationObject": websafe_encode(
                AttestationObject.create("none", data, {})
            ),
        }
        return self._credential(response)

    def use(self, challenge: str, user_handle: str) -> Credential:
        """What a browser sends after `navigator.credentials.get`."""
        data = self._data()
        told = CollectedClientData.create("webauthn.get", challenge, self._origin)
        signed = self._key.sign(data + told.hash, ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(told),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": websafe_encode(user_handle.encode()),
        }
        return self._credential(response)

    @property
    def _origin(self) -> str:
        return f"https://{self.host}"

    def _data(self, made: bytes = b"") -> AuthenticatorData:
        flags = PRESENT | (VERIFIED if self.verifies else 0) | (WITH_KEY if made else 0)
        here = hashlib.sha256(self.host.encode()).digest()
        known = AuthenticatorData.FLAG(flags)
        data: AuthenticatorData = AuthenticatorData.create(here, known, 1, made)
        return data

    def _credential(self, response: dict[str, str]) -> Credential:
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
        }


def passkey_of(user: User, name: str = "Phone") -> tuple[Passkey, Authenticator]:
    """One that was added before."""
    passkey = Passkey()
    kept = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": passkey.register(websafe_encode(b"x" * 32))},
    )
    return passkey, kept
