"""Sweeping (清理): what a killed process left half-written, and bytes that never got a row."""

import time
from collections.abc import Iterator
from pathlib import Path

from yichuang.files.actions.storing import TEMPORARY
from yichuang.files.models import Blob
from yichuang.files.queries import blobs_folder
from yichuang.lib.actor import Actor

_HOUR = 3600.0
_AGE_OF_TEMPORARY = _HOUR
_AGE_OF_ORPHAN = 24 * _HOUR


def sweep(*, by: Actor, now: float | None = None) -> int:
    """Remove temporary files older than an hour and files without a row older than a day; returns how many.

    The ages are far beyond the moment between writing a file and its row, so a file in the making is never taken.
    """
    moment = time.time() if now is None else now
    removed = 0
    for path in _files():
        old = moment - _modified(path)
        if path.name.startswith(TEMPORARY):
            gone = old > _AGE_OF_TEMPORARY
        else:
            gone = old > _AGE_OF_ORPHAN and not Blob.objects.filter(pk=path.name).exists()
        if gone:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _files() -> Iterator[Path]:
    folder = blobs_folder()
    if folder.is_dir():
        for shelf in sorted(folder.iterdir()):
            yield from sorted(shelf.iterdir())


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
