"""Time-ordered 63-bit identifiers, made by the application before anything is written."""

import secrets
import threading
import time

_EPOCH_MS = 1_577_836_800_000  # 2020-01-01T00:00:00Z
_RANDOM_BITS = 21  # 42 bits of milliseconds (until 2159) and 21 random bits make 63.
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A new identifier: larger than every earlier one of this process, fit for a signed 64-bit column."""
    global _last  # noqa: PLW0603 - one counter a process is the point
    milliseconds = time.time_ns() // 1_000_000 - _EPOCH_MS
    candidate = (milliseconds << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    with _lock:
        _last = candidate if candidate > _last else _last + 1
        return _last
