"""The worker renders papers ahead of whoever prints them."""

from yichuang.documents.actions.rendering import pdf_of
from yichuang.documents.models import Paper


def render_pending(limit: int = 5) -> int:
    """Render up to ``limit`` papers that have no PDF yet; returns how many."""
    waiting = list(Paper.objects.filter(rendering=None).order_by("id")[:limit])
    for paper in waiting:
        pdf_of(paper)
    return len(waiting)
