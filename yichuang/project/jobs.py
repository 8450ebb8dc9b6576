"""What else the worker does: work that waits in rows of its own, a little at a time."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from yichuang.accounts import jobs as accounts
from yichuang.documents import jobs as documents
from yichuang.files import jobs as files


class Job(NamedTuple):
    """``run`` does a small batch and returns how much; it must be safe in several workers at once.

    ``every`` is the least time between two runs that found nothing; zero means every round.
    """

    name: str
    run: Callable[[], int]
    every: timedelta = timedelta(0)


JOBS: list[Job] = [
    Job("papers", documents.render_pending),
    Job("files", files.sweep_files, every=timedelta(days=1)),
    Job("sessions", accounts.sweep, every=timedelta(hours=1)),
]
