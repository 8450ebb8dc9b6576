"""Issuing (制发): the content is frozen in the transaction of the act; rendering comes later and can fail without harm."""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone

from yichuang.documents.actions.numbering import next_gapless
from yichuang.documents.models import Paper
from yichuang.documents.rules import KINDS, VERIFICATION_ALPHABET, grouped, missing_parts
from yichuang.kit.secret import seal
from yichuang.lib.actor import Actor
from yichuang.lib.canonical import canonical
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Invalid
from yichuang.lib.ids import new_id
from yichuang.lib.sm3 import sm3

_PREFIX_LIMIT = 40


def issue(kind: str, subject: str, content: Mapping[str, object], *, by: Actor, party: int | None = None) -> Paper:
    """A paper with its number; refused when a mandatory part is missing. Call it late: a 文号 is the act's last lock.

    ``content["number_prefix"]`` is the 机关代字 of the 文号 where the issuing organ has one; without it the title stands there.
    """
    if missing := missing_parts(kind, content):
        raise Invalid({"paper": f"{KINDS[kind].title}缺少：{'、'.join(missing)}，不能制发。"})
    now = timezone.now()
    paper_id = new_id()
    code = "".join(secrets.choice(VERIFICATION_ALPHABET) for _ in range(12))
    number = _number(kind, subject, content, timezone.localtime(now).year)
    # The salt keeps the fingerprint, which stands in the clear, from answering guesses at six-digit codes and names.
    frozen = {"paper_number": number, "verification_code": grouped(code), "salt": secrets.token_hex(16)}
    text = canonical({**content, **frozen})
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
        verification_code=code,
    )


def _number(kind: str, subject: str, content: Mapping[str, object], year: int) -> str:
    of_kind = KINDS[kind]
    if of_kind.suffix:
        earlier = Paper.objects.filter(subject=subject, kind=kind).count() if of_kind.repeats else 0
        return f"{content['number']}-{of_kind.suffix}{earlier + 1 if earlier else ''}"
    try:
        prefix = clean_text(str(content.get("number_prefix") or of_kind.title), limit=_PREFIX_LIMIT)
    except ValueError as error:
        raise Invalid({"number_prefix": f"机关代字{error}"}) from error
    serial = next_gapless(f"paper/{prefix}/{year}")
    return str(settings.PAPER_NUMBER.format(prefix=prefix, year=year, serial=serial))
