from pathlib import Path

from django.conf import settings

from yichuang.files.models import Blob
from yichuang.kit.secret import CannotOpenError, decrypt, keyring
from yichuang.lib.sm3 import sm3


def path_of(digest: str) -> Path:
    """Where the encrypted bytes of a blob lie."""
    folder: Path = settings.DATA_DIR / "blobs" / digest[:2]
    return folder / digest


def read(blob: Blob) -> bytes:
    """The bytes of a blob, checked against its digest; raises CannotOpenError when the file is gone or altered."""
    key = keyring().keys.get(blob.key_id)
    path = path_of(blob.digest)
    if key is None or not path.is_file():
        raise CannotOpenError(f"blob {blob.digest} is gone")
    content = decrypt(path.read_bytes(), place=f"blob|{blob.digest}", key=key.data)
    if sm3(content).hex() != blob.digest:
        raise CannotOpenError(f"blob {blob.digest} was altered")
    return content
