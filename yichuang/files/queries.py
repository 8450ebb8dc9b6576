from pathlib import Path

from django.conf import settings

from yichuang.files.formats import from_file
from yichuang.files.models import Blob
from yichuang.kit.secret import CannotOpenError, keyring
from yichuang.lib.sm3 import sm3


def blobs_folder() -> Path:
    folder: Path = settings.DATA_DIR / "blobs"
    return folder


def path_of(digest: str) -> Path:
    """Where the encrypted bytes of a blob lie."""
    return blobs_folder() / digest[:2] / digest


def read(blob: Blob) -> bytes:
    """The bytes of a blob, checked against its digest; raises CannotOpenError when the file is gone or altered."""
    try:
        sealed = path_of(blob.digest).read_bytes()
    except FileNotFoundError as error:
        raise CannotOpenError(f"blob {blob.digest} is gone") from error
    content = from_file(sealed, blob.digest, keyring())
    if sm3(content).hex() != blob.digest:
        raise CannotOpenError(f"blob {blob.digest} was altered")
    return content
