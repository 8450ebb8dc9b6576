from yichuang.documents.models import Paper


def papers_of(subject: str) -> list[Paper]:
    """The papers of a subject, in the order of their issue. Scope is the caller's: it holds the subject already."""
    return list(Paper.objects.filter(subject=subject).order_by("id"))
