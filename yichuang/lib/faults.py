"""What went wrong, without what it went wrong with: for logs and pages that must not hold personal data."""

import traceback
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def fault(error: BaseException) -> str:
    """The kind of an exception and the last line of ours that it passed: never its message, which may quote a person."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(_PACKAGE):
            place = f"{file.relative_to(_PACKAGE.parent).as_posix()}:{line}"
    return f"{type(error).__name__} {place}".rstrip()[:200]
