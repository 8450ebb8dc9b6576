"""Personal values at rest: SM4-GCM with the place of the value as associated data; found again by HMAC-SM3.

Stored form: ``<key id>.<base64url(nonce || ciphertext || tag)>``. A value copied to another table, column or row does not open.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from yichuang.kit.keyring import Keyring, MasterKey

_NONCE = 12
_TAG = 16


class CannotOpenError(Exception):
    """The value was made under a key that is gone, or was moved or altered."""


def keyring() -> Keyring:
    ring: Keyring = settings.KEYRING
    return ring


def encrypt(plain: bytes, *, place: str, key: bytes) -> bytes:
    """SM4-GCM: nonce, ciphertext and tag in one. ``key`` is 16 bytes."""
    nonce = secrets.token_bytes(_NONCE)
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place.encode())
    return nonce + encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def decrypt(sealed: bytes, *, place: str, key: bytes) -> bytes:
    nonce, body, tag = sealed[:_NONCE], sealed[_NONCE:-_TAG], sealed[-_TAG:]
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(place.encode())
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag as error:
        raise CannotOpenError(place) from error


def seal(plain: str, *, table: str, column: str, row: int | str) -> str:
    """Encrypt one value for one place; the empty string stays empty."""
    if not plain:
        return ""
    key = keyring().current
    sealed = encrypt(plain.encode(), place=f"{table}|{column}|{row}", key=key.data)
    return f"{key.id}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(stored: str, *, table: str, column: str, row: int | str) -> str:
    if not stored:
        return ""
    key_id, _, body = stored.partition(".")
    key = keyring().keys.get(int(key_id))
    if key is None:
        raise CannotOpenError(f"key {key_id} is gone")
    return decrypt(base64.urlsafe_b64decode(body), place=f"{table}|{column}|{row}", key=key.data).decode()


def blind_index(value: str, *, purpose: str, key: MasterKey | None = None) -> str:
    """A keyed fingerprint (64 hex digits) by which an exact value is found without being stored readable.

    ``value`` must already be normalised; ``purpose`` ("parties.identifier") keeps equal values of different columns apart.
    """
    mac = hmac.HMAC((key or keyring().current).index, hashes.SM3())
    mac.update(f"{purpose}|{value}".encode())
    return mac.finalize().hex()
