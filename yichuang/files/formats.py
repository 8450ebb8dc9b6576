"""How a blob lies on the disk: a mark, the number of its key, then SM4-GCM over the bytes.

The key's number is in the file and bound to it, so that a file replaced by another process under another key still opens.
"""

from yichuang.kit.keyring import Keyring, MasterKey
from yichuang.kit.secret import CannotOpenError, decrypt, encrypt

_MARK = b"YCB1"
_KEY = slice(4, 8)
_BODY = 8
OVERHEAD = _BODY + 12 + 16


def _place(digest: str, key_id: int) -> str:
    return f"blob|{digest}|{key_id}"


def to_file(content: bytes, digest: str, key: MasterKey) -> bytes:
    return _MARK + key.id.to_bytes(4, "big") + encrypt(content, place=_place(digest, key.id), key=key.data)


def from_file(sealed: bytes, digest: str, ring: Keyring) -> bytes:
    """The bytes; raises CannotOpenError when the file was altered, moved, cut, or its key is gone."""
    if len(sealed) < OVERHEAD or not sealed.startswith(_MARK):
        raise CannotOpenError(f"blob {digest} is not a blob")
    key = ring.keys.get(int.from_bytes(sealed[_KEY], "big"))
    if key is None:
        raise CannotOpenError(f"the key of blob {digest} is gone")
    return decrypt(sealed[_BODY:], place=_place(digest, key.id), key=key.data)
