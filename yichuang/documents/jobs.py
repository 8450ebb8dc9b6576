"""The worker renders papers ahead of whoever prints them."""

from yichuang.documents.actions.rendering import render_waiting
from yichuang.lib.actor import WORKER


def render_pending(limit: int = 5) -> int:
    """Render up to ``limit`` papers that have no PDF yet; returns how many."""
    return render_waiting(limit, by=WORKER)
