"""Issuing (制发): the content is frozen in the transaction of the act; rendering comes later and can fail without harm."""

from collections.abc import Mapping

from django.utils import timezone

from yichuang.documents.actions.numbering import next_gapless
from yichuang.documents.models import Paper
from yichuang.documents.rules import KINDS, missing_parts
from yichuang.kit.secret import seal
from yichuang.lib.actor import Actor
from yichuang.lib.canonical import canonical
from yichuang.lib.errors import Invalid
from yichuang.lib.ids import new_id
from yichuang.lib.sm3 import sm3


def issue(kind: str, subject: str, content: Mapping[str, object], *, by: Actor, party: int | None = None) -> Paper:
    """A paper with its number; refused when a mandatory part is missing. Call it late: a 文号 is the act's last lock."""
    if missing := missing_parts(kind, content):
        raise Invalid({"paper": f"{KINDS[kind].title}缺少：{'、'.join(missing)}，不能制发。"})
    now = timezone.now()
    year = timezone.localtime(now).year
    paper_id = new_id()
    if suffix := KINDS[kind].suffix:
        number = f"{content['number']}-{suffix}"
    else:
        number = f"{KINDS[kind].title}〔{year}〕{next_gapless(f'paper/{kind}/{year}')}号"
    text = canonical({**content, "paper_number": number})
    return Paper.objects.create(
        id=paper_id,
        kind=kind,
        number=number,
        subject=subject,
        party=party,
        content_sealed=seal(text, table="paper", column="content", row=paper_id),
        content_sm3=sm3(text.encode()).hex(),
        issued_at=now,
        issued_by=by.reference,
    )
