"""Rendering (生成PDF): outside the act; whoever needs the PDF first makes it, everyone else reads it."""

import logging

from django.db.models import F

from yichuang.documents.formats import render
from yichuang.documents.models import Paper
from yichuang.documents.queries import unrendered
from yichuang.files.actions.storing import store
from yichuang.files.queries import read
from yichuang.kit.secret import CannotOpenError
from yichuang.lib.actor import WORKER, Actor
from yichuang.lib.faults import fault

log = logging.getLogger(__name__)


def pdf_of(paper: Paper) -> bytes:
    """The PDF of a paper. A cached rendering that is gone or altered is made again from the frozen content."""
    if paper.rendering is not None:
        try:
            return read(paper.rendering)
        except CannotOpenError:
            log.warning("the rendering of paper %s is gone or altered: made again", paper.pk)
    content = render(paper.kind, paper.content, timestamp=int(paper.issued_at.timestamp()))
    blob = store(content, by=WORKER)
    Paper.objects.filter(pk=paper.pk).update(rendering=blob)
    paper.rendering = blob
    return content


def render_waiting(limit: int, *, by: Actor) -> int:
    """Render up to ``limit`` papers ahead of whoever prints them; one that fails does not hold up the others."""
    done = 0
    for paper in unrendered(limit):
        try:
            pdf_of(paper)
        except Exception as error:  # noqa: BLE001 - the others still want their paper
            # Never the message: it may quote what stands on the paper.
            log.error("paper %s cannot be rendered: %s", paper.pk, fault(error))  # noqa: TRY400
            Paper.objects.filter(pk=paper.pk).update(rendering_failures=F("rendering_failures") + 1)
        else:
            done += 1
    return done
