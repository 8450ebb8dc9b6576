"""Django database backend: ``django.db.backends.sqlite3`` with a write queue."""

import fcntl
import os
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper


class DatabaseWrapper(SQLiteWrapper):
    """A connection whose transactions take ``<database>.queue`` (flock) first and let go of it at the end.

    A file of its own, because closing any descriptor of the database file would drop SQLite's own locks on it. The
    kernel lets go when a process dies, however it dies. There is no time limit: a process that is stopped inside a
    transaction stops the writers, as it would stop them without the queue, only without an error after thirty seconds.
    A write outside ``atomic()`` does not queue and may be kept waiting by those who do.
    """

    _queue_fd: int | None = None

    def _queue_path(self) -> Path | None:
        name = str(self.settings_dict["NAME"])
        return None if ":memory:" in name or "mode=memory" in name else Path(name + ".queue")

    def _enter_queue(self) -> None:
        path = self._queue_path()
        if path is None or self._queue_fd is not None:
            return
        # Readable by others and opened for reading only: a command run as root must not lock out the service.
        fd = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
        except BaseException:
            os.close(fd)
            raise
        self._queue_fd = fd

    def _leave_queue(self) -> None:
        if self._queue_fd is not None:
            os.close(self._queue_fd)  # Closing the descriptor releases the lock.
            self._queue_fd = None

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_queue()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> Any:
        result = super()._commit()  # type: ignore[misc]
        self._leave_queue()
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_queue()
