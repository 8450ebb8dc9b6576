"""Storing (存档): the bytes first, the row after; a row without bytes cannot exist."""

import os
import secrets

from yichuang.files.models import Blob
from yichuang.files.queries import path_of
from yichuang.files.rules import is_executable, media_type
from yichuang.kit.secret import encrypt, keyring
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Invalid
from yichuang.lib.sm3 import sm3

LARGEST = 50 * 1024 * 1024


def store(content: bytes, *, by: Actor, kind: str = "") -> Blob:
    """Keep some bytes; equal bytes are one blob. Raises Invalid for executables and for more than 50 MB.

    ``kind`` is the media type where the caller knows it from how it made the bytes (text formats have no signature).
    """
    if len(content) > LARGEST:
        raise Invalid({"file": f"文件太大：最大 {LARGEST // 1024 // 1024} MB。"})
    if is_executable(content):
        raise Invalid({"file": "这是可执行文件，不能上传。"})
    digest = sm3(content).hex()
    known = Blob.objects.filter(pk=digest).first()
    if known is not None and path_of(digest).is_file():
        return known
    key = keyring().current
    _write(digest, encrypt(content, place=f"blob|{digest}", key=key.data))
    Blob.objects.bulk_create(
        [Blob(digest=digest, size=len(content), media_type=kind or media_type(content), key_id=key.id)],
        update_conflicts=True,
        unique_fields=["digest"],
        update_fields=["key_id"],
    )
    return Blob.objects.get(pk=digest)


def _write(digest: str, sealed: bytes) -> None:
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{digest}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
