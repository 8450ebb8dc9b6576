"""Rendering (生成PDF): outside the act; whoever needs the PDF first makes it, everyone else reads it."""

from yichuang.documents.formats import render
from yichuang.documents.models import Paper
from yichuang.files.actions.storing import store
from yichuang.files.models import Blob
from yichuang.files.queries import read
from yichuang.kit.secret import CannotOpenError
from yichuang.lib.actor import WORKER


def pdf_of(paper: Paper) -> bytes:
    """The PDF of a paper. A cached rendering that is gone or altered is made again from the frozen content."""
    if paper.rendering_id is not None:
        blob = Blob.objects.filter(pk=paper.rendering_id).first()
        try:
            if blob is not None:
                return read(blob)
        except CannotOpenError:
            pass
    content = render(paper.kind, paper.content)
    blob = store(content, by=WORKER, kind="application/pdf")
    Paper.objects.filter(pk=paper.pk).update(rendering=blob)
    paper.rendering = blob
    return content
