"""Storing (存档): the bytes first, the row after; a row without bytes cannot exist."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from yichuang.files.formats import to_file
from yichuang.files.models import Blob
from yichuang.files.queries import path_of
from yichuang.files.rules import RefusedFileError, media_type
from yichuang.kit.secret import keyring
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Invalid
from yichuang.lib.sm3 import sm3

TEMPORARY = "."


def store(content: bytes, *, by: Actor, kind: str = "") -> Blob:
    """Keep some bytes; equal bytes are one blob. Call it before the act: the disk is slow, a transaction is not.

    ``kind`` names the text format where the caller knows it ("text/csv"); everything else is told by the content.
    Raises Invalid for what is too large, empty, executable or not recognised.
    """
    if len(content) > settings.LARGEST_FILE:
        raise Invalid({"file": f"文件太大：最大 {settings.LARGEST_FILE // 1024 // 1024} MB。"})
    try:
        found = media_type(content, claimed=kind)
    except RefusedFileError as error:
        raise Invalid({"file": str(error)}) from error
    digest = sm3(content).hex()
    known = Blob.objects.filter(pk=digest).first()
    if known is not None and path_of(digest).is_file():
        return known
    _write(path_of(digest), to_file(content, digest, keyring().current))
    # durable: refuses to run inside an act, which would hold everybody up while the disk works.
    with transaction.atomic(durable=True):
        Blob.objects.bulk_create([Blob(digest=digest, size=len(content), media_type=found)], ignore_conflicts=True)
    return Blob.objects.get(pk=digest)


def _write(path: Path, sealed: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f"{TEMPORARY}{path.name}.{secrets.token_hex(4)}")
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
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A new name survives a power cut only once its folder is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
