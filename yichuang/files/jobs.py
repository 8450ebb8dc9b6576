"""The worker's share: once a day, what nobody needs any more."""

from yichuang.files.actions.sweeping import sweep
from yichuang.lib.actor import WORKER


def sweep_files() -> int:
    """Remove half-written and ownerless files; returns how many."""
    return sweep(by=WORKER)
